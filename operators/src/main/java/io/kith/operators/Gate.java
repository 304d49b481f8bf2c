package io.kith.operators;

import io.kith.model.Interaction;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Gives each interaction its window and splits it into its two halves. All of an input partition
 * comes by one Gate, which keeps the partition's clock. Its watermarks are promises: it cuts them
 * to window ends and never sends a half for a window that one of them has closed. Idleness ends
 * here.
 *
 * <p>It also says before which window a node cannot be forgotten. That opens and closes no window,
 * so nodes are forgotten in a silent stream as well.
 */
final class Gate extends AbstractStreamOperator<ForReader>
    implements OneInputStreamOperator<ForGate, ForReader> {
  private static final long serialVersionUID = 1L;

  /** Each entry is {version, partition or NO_PARTITION, clock, floor}; all get all at restore. */
  private static final ListStateDescriptor<long[]> CLOCKS =
      new ListStateDescriptor<>("clocks", LongPrimitiveArraySerializer.INSTANCE);

  private static final long VERSION = 1;
  private static final long NO_PARTITION = -1;

  private final Windows windows;
  private final KeyGroups keyGroups;
  private final PartitionClocks clocks;
  private final boolean bounded;

  /** Used again for every half: the output has written it when it returns. */
  private final StreamRecord<ForReader> element = new StreamRecord<>(null);

  private ListState<long[]> saved;
  private Counter late;
  private Histogram lateByMs;

  Gate(StreamOperatorParameters<ForReader> parameters, JobSettings settings) {
    super(parameters);
    windows = settings.windows();
    keyGroups = settings.keyGroups();
    clocks = new PartitionClocks(windows, settings.outOfOrderness());
    bounded = settings.bounded();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    saved = context.getOperatorStateStore().getUnionListState(CLOCKS);
    for (long[] entry : saved.get()) {
      if (entry[0] != VERSION) {
        throw new IllegalStateException(
            "clocks of another version: version=" + entry[0] + ", expected=" + VERSION);
      }
      if (entry[1] != NO_PARTITION) {
        clocks.restore((int) entry[1], entry[2]);
      }
      clocks.raiseFloor(entry[3]);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    late = getMetricGroup().counter("late");
    lateByMs = getMetricGroup().histogram("lateByMs", new DescriptiveStatisticsHistogram(1_000));
    promise();
  }

  @Override
  public void processElement(StreamRecord<ForGate> element) {
    ForGate value = element.getValue();
    if (value instanceof Stamped stamped) {
      split(stamped);
    } else if (value instanceof ForgetRequest request) {
      forget(request);
    } else if (value instanceof Question question) {
      output.collect(new StreamRecord<>(question)); // has no window
    }
  }

  private void split(Stamped stamped) {
    Interaction interaction = stamped.interaction();
    long t = interaction.timestamp();
    long window = clocks.assign(stamped.partition(), t);
    if (window > windows.of(t)) {
      late.inc();
      lateByMs.update(windows.closingAllBefore(window) + 1 - t);
    }
    output.collect(element.replace(new Half(window, interaction, true, stamped.asked())));
    if (!stamped.asked()) {
      output.collect(element.replace(new Half(window, interaction, false)));
    }
  }

  /** After the window of its time, or after all that has come; never before what is closed. */
  private void forget(ForgetRequest request) {
    long after =
        request.timestamp().isPresent()
            ? windows.of(request.timestamp().getAsLong()) + 1
            : clocks.firstUnfilled();
    long window = Math.max(clocks.floor(), after);
    for (int subtask = 0; subtask < keyGroups.parallelism(); subtask++) {
      output.collect(new StreamRecord<>(new Forget(window, keyGroups.keyOf(subtask), request)));
    }
  }

  @Override
  public void processWatermark(Watermark mark) {
    if (mark.getTimestamp() == Long.MAX_VALUE && !bounded) {
      throw new IllegalStateException(
          "draining would close windows that are still open: stop the job without --drain,"
              + " drain=true");
    }
    clocks.raiseFloor(windows.firstOpen(mark.getTimestamp()));
    promise();
  }

  /** All partitions of all sources are silent: what they have filled is closed. */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    if (status.isIdle()) {
      clocks.closeFilled();
      promise();
    }
  }

  private void promise() {
    if (clocks.floor() != Windows.NONE_CLOSED) {
      output.emitWatermark(new Watermark(windows.closingAllBefore(clocks.floor())));
      Network.flush(getContainingTask());
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    saved.clear();
    saved.add(new long[] {VERSION, NO_PARTITION, 0, clocks.floor()});
    for (Map.Entry<Integer, Long> clock : clocks.byPartition().entrySet()) {
      saved.add(new long[] {VERSION, clock.getKey(), clock.getValue(), clocks.floor()});
    }
  }
}
