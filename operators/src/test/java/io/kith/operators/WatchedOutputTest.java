package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.runtime.metrics.groups.TaskIOMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;
import org.apache.flink.streaming.api.operators.source.CollectingDataOutput;
import org.apache.flink.streaming.api.operators.source.TimestampsAndWatermarks;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.clock.SystemClock;
import org.junit.jupiter.api.Test;

/** On Flink's own output of a source, which has notions of its own of what is idle. */
class WatchedOutputTest {
  private static final long WINDOW_MS = 1_000;
  private static final long WATERMARK_INTERVAL_MS = 5;
  private static final long TIMEOUT_NANOS = 1;

  private final TestProcessingTimeService time = new TestProcessingTimeService();
  private final CollectingDataOutput<Arrival> said = new CollectingDataOutput<>();
  private final WatchedOutput<ScriptSplit> output =
      new WatchedOutput<>(TIMEOUT_NANOS, (split, next) -> CompletableFuture.completedFuture(false));
  private long nanos;

  @Test
  void whatHasBeenSilentIsIdle() throws Exception {
    open(0, 1);
    collect(0, 0, 1_500);
    collect(1, 0, 2_500);
    time.advance(WATERMARK_INTERVAL_MS);
    letAllFallSilent();

    // Both hold the clock back, then partition 1 alone, then none.
    assertThat(notRecords())
        .containsExactly(new Watermark(999), new Watermark(1_999), WatermarkStatus.IDLE);
  }

  @Test
  void aWatermarkBehindTheLastRecordsDoesNotKeepASplitActive() throws Exception {
    open(0, 1);
    collect(0, 0, 1_500);
    letAllFallSilent();
    // Only now does Flink ask for the watermark of the record that came before the silence.
    time.advance(WATERMARK_INTERVAL_MS);
    collect(1, 0, 9_500);
    time.advance(WATERMARK_INTERVAL_MS);
    letAllFallSilent();

    assertThat(notRecords()).endsWith(new Watermark(8_999), WatermarkStatus.IDLE);
  }

  private void open(int... partitions) {
    TaskIOMetricGroup metrics =
        UnregisteredMetricGroups.createUnregisteredTaskMetricGroup().getIOMetricGroup();
    TimestampsAndWatermarks<Arrival> flink =
        TimestampsAndWatermarks.createProgressiveEventTimeLogic(
            WatermarkStrategy.forGenerator(
                context -> new PartitionWatermarks(new Windows(WINDOW_MS), 0)),
            metrics,
            time,
            WATERMARK_INTERVAL_MS,
            SystemClock.getInstance(),
            SystemClock.getInstance(),
            metrics);
    ReaderOutput<Arrival> main = flink.createMainOutput(said, new IgnoredUpdates());
    flink.startPeriodicWatermarkEmits();
    output.onto(main);
    List<ScriptSplit> splits = new ArrayList<>();
    for (int partition : partitions) {
      main.createOutputForSplit(String.valueOf(partition));
      splits.add(new ScriptSplit(partition, 0));
    }
    output.add(splits);
  }

  private void collect(int partition, long offset, long t) {
    output
        .createOutputForSplit(String.valueOf(partition))
        .collect(
            Arrival.of(new Origin("edges", partition, offset, 0), new Interaction("a", "b", t)));
  }

  /** As many looks as it takes to see the silence, to ask, and to hear the answer. */
  private void letAllFallSilent() {
    for (int look = 0; look < 3; look++) {
      output.review(nanos += TIMEOUT_NANOS);
    }
  }

  private List<Object> notRecords() {
    return said.getEvents().stream()
        .filter(event -> event instanceof Watermark || event instanceof WatermarkStatus)
        .toList();
  }

  private static final class IgnoredUpdates
      implements TimestampsAndWatermarks.WatermarkUpdateListener {
    @Override
    public void updateIdle(boolean idle) {
      // Not looked at here.
    }

    @Override
    public void updateCurrentEffectiveWatermark(long watermark) {
      // Not looked at here.
    }

    @Override
    public void updateCurrentSplitWatermark(String splitId, long watermark) {
      // Not looked at here.
    }

    @Override
    public void updateCurrentSplitIdle(String splitId, boolean idle) {
      // Not looked at here.
    }

    @Override
    public void splitFinished(String splitId) {
      // Not looked at here.
    }
  }
}
