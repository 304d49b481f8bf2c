package io.kith.streams.serve;

import io.kith.model.Prediction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What this instance has read of late: the newest predictions, and how many came in each of the
 * last seconds of the clock. Bounded. Any thread.
 */
final class LiveStream {
  /** Seconds that are remembered, besides the one that is running. */
  static final int SECONDS = 120;

  /** Predictions that are remembered. */
  static final int KEPT = 100;

  private static final long MS = 1000;

  /**
   * How the stream stands.
   *
   * @param second number of the last whole second of the clock, since 1970
   * @param perSecond predictions read in each of the {@value #SECONDS} seconds up to that one
   * @param newestTimestamp greatest event time read, ms; null before the first
   * @param predictions that arrived last, the newest first
   */
  record State(
      long second, List<Integer> perSecond, Long newestTimestamp, List<Prediction> predictions) {}

  private final LongSupplier clock;
  private final Deque<Prediction> newest = new ArrayDeque<>(KEPT);

  /** By second modulo the size; the running second has a place, too. */
  private final int[] counts = new int[SECONDS + 1];

  private long running;
  private Long newestTimestamp;

  /**
   * @param clock the time now, ms
   */
  LiveStream(LongSupplier clock) {
    this.clock = clock;
    this.running = clock.getAsLong() / MS;
  }

  synchronized void add(Prediction prediction) {
    advance();
    counts[at(running)]++;
    newest.addFirst(prediction);
    if (newest.size() > KEPT) {
      newest.removeLast();
    }
    newestTimestamp =
        newestTimestamp == null
            ? (Long) prediction.timestamp()
            : (Long) Math.max(newestTimestamp, prediction.timestamp());
  }

  /**
   * @param limit predictions, at least 1
   */
  synchronized State state(int limit) {
    advance();
    List<Integer> perSecond = new ArrayList<>(SECONDS);
    for (long second = running - SECONDS; second < running; second++) {
      perSecond.add(counts[at(second)]);
    }
    return new State(
        running - 1, perSecond, newestTimestamp, newest.stream().limit(limit).toList());
  }

  private void advance() {
    long now = clock.getAsLong() / MS;
    for (long second = Math.max(running + 1, now - SECONDS); second <= now; second++) {
      counts[at(second)] = 0;
    }
    running = Math.max(running, now);
  }

  private int at(long second) {
    return (int) Math.floorMod(second, (long) counts.length);
  }
}
