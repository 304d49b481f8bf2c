package io.kith.deploy;

import java.util.concurrent.TimeUnit;

/**
 * When the next interaction is due: so many a second, or in stream time at so many times its speed.
 * One thread.
 */
final class Pace {
  private final double perSecond;
  private final double speed;
  private final double unitNanos;
  private long begun;
  private long count;
  private long firstTimestamp;

  /**
   * Sets the pace.
   *
   * @param perSecond interactions a second, 0 for no bound
   * @param speed stream time over real time, 0 for as fast as it goes
   * @param unit of the timestamps
   */
  Pace(double perSecond, double speed, TimeUnit unit) {
    this.perSecond = perSecond;
    this.speed = speed;
    this.unitNanos = unit.toNanos(1);
  }

  /** Nanoseconds from {@code now} until an interaction of that time may go; counts it. */
  long nanosUntilDue(long timestamp, long now) {
    if (count == 0) {
      begun = now;
      firstTimestamp = timestamp;
    }
    double due = 0;
    if (perSecond > 0) {
      due = count / perSecond * 1e9;
    }
    if (speed > 0) {
      due = Math.max(due, ((double) timestamp - firstTimestamp) * unitNanos / speed);
    }
    count++;
    return Math.max(0, (long) due - (now - begun));
  }
}
