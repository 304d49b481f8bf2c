package io.kith.operators;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * The clock of one input partition as a watermark, cut to the end of a window. Flink makes one for
 * each partition before its first record is read, so a partition that is slow to start holds the
 * others back. Agrees with {@link PartitionClocks}: the watermark never closes a window into which
 * that would still put an interaction of this partition.
 */
final class PartitionWatermarks implements WatermarkGenerator<Arrival> {
  private final Windows windows;
  private final long bound;
  private long newest;
  private boolean any;
  private long emitted = Long.MIN_VALUE;

  PartitionWatermarks(Windows windows, long bound) {
    this.windows = windows;
    this.bound = bound;
  }

  @Override
  public void onEvent(Arrival arrival, long recordTimestamp, WatermarkOutput output) {
    if (arrival.interaction() != null) {
      long t = arrival.interaction().timestamp();
      newest = any ? Math.max(newest, t) : t;
      any = true;
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (!any) {
      return;
    }
    long watermark = windows.closingAllBefore(windows.of(newest - bound));
    if (watermark > emitted) {
      emitted = watermark;
      output.emitWatermark(new Watermark(watermark));
    }
  }
}
