package io.kith.operators;

import java.util.HashMap;
import java.util.Map;

/**
 * Decides the window of each interaction by the clock of the input partition it came by: the
 * greatest time seen there. What is older than that clock less the bound is late, and goes into the
 * first window that the partition has open. So the decision depends on the order within the
 * partition alone, not on how partitions interleave. Not safe for concurrent use.
 *
 * <p>Below a floor, the windows that this subtask has promised to send nothing for, no partition
 * gets in; only one that was taken for idle, or is new, can be so far behind.
 */
final class PartitionClocks {
  private final Windows windows;
  private final long bound;
  private final Map<Integer, Long> newest = new HashMap<>();
  private long floor = Windows.NONE_CLOSED;
  private long lastFilled = Windows.NONE_CLOSED;

  /**
   * @param bound how far behind its partition's clock an interaction may be, ms
   */
  PartitionClocks(Windows windows, long bound) {
    this.windows = windows;
    this.bound = bound;
  }

  /** The window of an interaction at time {@code t}, which also moves its partition's clock. */
  long assign(int partition, long t) {
    long clock = newest.merge(partition, t, Math::max);
    long window = Math.max(floor, Math.max(windows.of(t), windows.of(clock - bound)));
    lastFilled = Math.max(lastFilled, window);
    return window;
  }

  /** Promises that no interaction will go into a window before {@code firstOpen} any more. */
  void raiseFloor(long firstOpen) {
    floor = Math.max(floor, firstOpen);
  }

  /** Closes every window that has been filled. */
  void closeFilled() {
    if (lastFilled != Windows.NONE_CLOSED) {
      raiseFloor(lastFilled + 1);
    }
  }

  /** The first open window that nothing has been put into, nor into any after it. */
  long firstUnfilled() {
    return lastFilled == Windows.NONE_CLOSED ? floor : Math.max(floor, lastFilled + 1);
  }

  /** The first window that is open here. */
  long floor() {
    return floor;
  }

  /** Takes over a clock that was saved; the later of two holds. */
  void restore(int partition, long time) {
    newest.merge(partition, time, Math::max);
    lastFilled = Math.max(lastFilled, windows.of(time));
  }

  /** The clock of each partition seen, ms. */
  Map<Integer, Long> byPartition() {
    return newest;
  }
}
