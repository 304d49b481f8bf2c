package io.kith.operators;

import java.io.Serializable;

/**
 * Event-time windows {@code [k * W, (k + 1) * W)}: from times to window numbers and back. With W =
 * 0 each distinct time is a window of its own, and its number is the time itself. Any thread.
 *
 * <p>A watermark {@code w} closes every window that ends at or before {@code w + 1}, as Flink has
 * it: no interaction at or before {@code w} is still to come.
 */
final class Windows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The first open window while nothing is closed yet. */
  static final long NONE_CLOSED = Long.MIN_VALUE;

  private final long length;

  /**
   * @param length W, ms; at least 0
   */
  Windows(long length) {
    if (length < 0) {
      throw new IllegalArgumentException("window negative: window=" + length + " ms");
    }
    this.length = length;
  }

  /** The window of an event time. */
  long of(long time) {
    return length == 0 ? time : Math.floorDiv(time, length);
  }

  /** The first window that a watermark leaves open. */
  long firstOpen(long watermark) {
    if (watermark == Long.MIN_VALUE) {
      return NONE_CLOSED;
    }
    return watermark == Long.MAX_VALUE ? Long.MAX_VALUE : of(watermark + 1);
  }

  /** The watermark that closes all windows before this one, and not this one. */
  long closingAllBefore(long window) {
    if (window == NONE_CLOSED || window == Long.MAX_VALUE) {
      return window;
    }
    return start(window) - 1;
  }

  /** When a window starts, ms. */
  long start(long window) {
    return length == 0 ? window : Math.multiplyExact(window, length);
  }

  /** W, ms. */
  long length() {
    return length;
  }
}
