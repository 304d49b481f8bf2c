package io.kith.streams;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which windows are still kept: the newest ones, up to a number. So memory does not grow with the
 * stream. A window that had to go never comes back. One thread.
 */
final class KeptWindows {
  private final TreeSet<Long> starts = new TreeSet<>();
  private final int limit;

  /**
   * @param limit windows, at least 1
   */
  KeptWindows(int limit) {
    this.limit = limit;
  }

  /** True where the window is gone, or would be at once. */
  boolean isGone(long start) {
    return starts.size() >= limit && start < starts.first();
  }

  /** Keeps a window that is not gone; returns the start of the one that goes for it, if any. */
  OptionalLong keep(long start) {
    starts.add(start);
    return starts.size() > limit ? OptionalLong.of(starts.pollFirst()) : OptionalLong.empty();
  }
}
