package io.kith.bench;

/** How fast things came, from the first to the last. Any thread. */
final class Pace {
  private static final double PER_MILLI = 1e6;

  private long first;
  private long last;
  private long count;

  /** One more. */
  synchronized void step() {
    last = System.nanoTime();
    if (count++ == 0) {
      first = last;
    }
  }

  synchronized long count() {
    return count;
  }

  /** Thousands a second. */
  synchronized double thousandsPerSecond() {
    return (count - 1) * PER_MILLI / (last - first);
  }
}
