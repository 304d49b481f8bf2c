package io.kith.operators;

import io.kith.operators.KithOptions.SelfLoops;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Beside the source: sends interactions on and refused records to the dead letters. When all the
 * partitions of its source have fallen silent it closes the windows that they have filled. Keeps no
 * state.
 */
final class Intake extends AbstractStreamOperator<ForGate>
    implements OneInputStreamOperator<Arrival, ForGate> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", WireTypes.DEAD_LETTER);

  private final Windows windows;
  private final boolean dropSelfLoops;
  private Counter interactions;
  private Counter refused;
  private Counter selfLoops;
  private long lastWindow = Windows.NONE_CLOSED;

  Intake(StreamOperatorParameters<ForGate> parameters, JobSettings settings) {
    super(parameters);
    windows = settings.windows();
    dropSelfLoops = settings.selfLoops() == SelfLoops.DROP;
  }

  @Override
  public void open() throws Exception {
    super.open();
    interactions = getMetricGroup().counter("interactions");
    refused = getMetricGroup().counter("refused");
    selfLoops = getMetricGroup().counter("selfLoops");
  }

  @Override
  public void processElement(StreamRecord<Arrival> element) {
    Arrival arrival = element.getValue();
    if (arrival.refusal() == null) {
      if (!arrival.asked()) {
        interactions.inc();
      }
      lastWindow = Math.max(lastWindow, windows.of(arrival.interaction().timestamp()));
      output.collect(
          new StreamRecord<>(
              new Stamped(arrival.origin().partition(), arrival.interaction(), arrival.asked())));
    } else if (arrival.refusal().kind() == Refusal.Kind.SELF_LOOP) {
      selfLoops.inc();
      if (!dropSelfLoops) {
        refuse(arrival);
      }
    } else {
      refused.inc();
      refuse(arrival);
    }
  }

  private void refuse(Arrival arrival) {
    output.collect(
        DEAD_LETTERS,
        new StreamRecord<>(
            new DeadLetter(
                arrival.origin(),
                arrival.key(),
                arrival.value(),
                arrival.refusal().reason(),
                "intake")));
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    if (status.isIdle() && lastWindow != Windows.NONE_CLOSED) {
      output.emitWatermark(new Watermark(windows.closingAllBefore(lastWindow + 1)));
    }
    super.processWatermarkStatus(status);
    Network.flush(getContainingTask());
  }
}
