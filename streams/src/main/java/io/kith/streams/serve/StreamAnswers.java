package io.kith.streams.serve;

import io.kith.model.Prediction;
import io.kith.streams.serve.LiveStream.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Answers on the stream as a whole, put together from what each instance has: the newest
 * predictions and their rate. Any thread.
 */
final class StreamAnswers {
  static final String LIVE = "/v1/live";

  /**
   * What is served of the stream.
   *
   * @param lagMs how far the newest event time is behind the clock, ms; null before the first
   */
  record Live(
      long second,
      List<Integer> perSecond,
      Long newestTimestamp,
      Long lagMs,
      List<Prediction> predictions,
      List<String> silentInstances) {}

  private final LiveStream stream;
  private final Everyone everyone;
  private final LongSupplier clock;

  /**
   * @param clock the time now, ms
   */
  StreamAnswers(LiveStream stream, Everyone everyone, LongSupplier clock) {
    this.stream = stream;
    this.everyone = everyone;
    this.clock = clock;
  }

  /** How the stream stands, with the newest predictions. */
  Reply live(int limit, boolean forwarded) {
    State own = stream.state(limit);
    List<Integer> perSecond = new ArrayList<>(own.perSecond());
    List<Prediction> predictions = new ArrayList<>(own.predictions());
    Long[] newest = {own.newestTimestamp()};
    List<String> silent = List.of();
    if (!forwarded) {
      silent =
          everyone.ask(
              LIVE + "?limit=" + limit,
              Live.class,
              part -> {
                add(perSecond, part.perSecond(), own.second() - part.second());
                predictions.addAll(part.predictions());
                newest[0] = later(newest[0], part.newestTimestamp());
              });
      if (predictions.size() > limit) {
        predictions.sort(Comparator.comparing(Prediction::timestamp).reversed());
        predictions.subList(limit, predictions.size()).clear();
      }
    }
    Long lag = newest[0] == null ? null : (Long) Math.max(0, clock.getAsLong() - newest[0]);
    return Reply.ok(new Live(own.second(), perSecond, newest[0], lag, predictions, silent), null);
  }

  /** Adds another's counts, whose last second is so many before ours. */
  private static void add(List<Integer> to, List<Integer> from, long before) {
    for (int i = 0; i < to.size(); i++) {
      long at = i + before;
      if (at >= 0 && at < from.size()) {
        to.set(i, to.get(i) + from.get((int) at));
      }
    }
  }

  private static Long later(Long a, Long b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Math.max(a, b);
  }
}
