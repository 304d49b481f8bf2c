package io.kith.operators;

import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Beside the source of signals: reads them, and sends those that it refuses to the dead letters.
 * Signals have no part in event time: this is idle from the start and says no watermark, not even
 * that of the end, so the windows are those of the interactions alone. Keeps no state.
 */
final class SignalIntake extends AbstractStreamOperator<ForGate>
    implements OneInputStreamOperator<RawArrival, ForGate> {
  private static final long serialVersionUID = 1L;

  private final SignalParser parser;
  private Counter signals;
  private Counter refused;

  SignalIntake(StreamOperatorParameters<ForGate> parameters, JobSettings settings) {
    super(parameters);
    parser = new SignalParser(settings.parser(), System::currentTimeMillis);
  }

  @Override
  public void open() throws Exception {
    super.open();
    signals = getMetricGroup().counter("signals");
    refused = getMetricGroup().counter("refused");
    output.emitWatermarkStatus(WatermarkStatus.IDLE);
  }

  @Override
  public void processElement(StreamRecord<RawArrival> element) {
    RawArrival arrival = element.getValue();
    SignalParser.Parsed parsed = parser.parse(arrival.origin(), arrival.value());
    if (parsed.refusal() == null) {
      signals.inc();
      output.collect(new StreamRecord<>(parsed.request()));
    } else {
      refused.inc();
      output.collect(
          Intake.DEAD_LETTERS,
          new StreamRecord<>(
              new DeadLetter(
                  arrival.origin(),
                  arrival.key(),
                  arrival.value(),
                  parsed.refusal().reason(),
                  "signals")));
    }
  }

  @Override
  public void processWatermark(Watermark mark) {
    // Has no part in event time.
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    // Idle it is, and stays.
  }
}
