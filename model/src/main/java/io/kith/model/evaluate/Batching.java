package io.kith.model.evaluate;

/** Which interactions are read from the same records, before any of them is applied. */
@FunctionalInterface
public interface Batching {
  /**
   * Where the batch that starts at {@code from} ends, at most {@code limit}; beyond {@code from}.
   */
  int end(Timeline timeline, int from, int limit);

  /** Batches of {@code size} interactions. */
  static Batching count(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch too small: size=" + size + ", least=1");
    }
    return (timeline, from, limit) -> Math.min(from + size, limit);
  }

  /** Event-time windows of {@code ms}; 0 makes every distinct time its own window. */
  static Batching window(long ms) {
    if (ms < 0) {
      throw new IllegalArgumentException("window too short: window-ms=" + ms + ", least=0");
    }
    return (timeline, from, limit) -> {
      long window = window(timeline.time(from), ms);
      int end = from + 1;
      while (end < limit && window(timeline.time(end), ms) == window) {
        end++;
      }
      return end;
    };
  }

  private static long window(long time, long ms) {
    return ms == 0 ? time : Math.floorDiv(time, ms);
  }
}
