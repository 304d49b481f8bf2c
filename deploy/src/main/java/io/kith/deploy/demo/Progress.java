package io.kith.deploy.demo;

import io.kith.model.Prediction;
import io.kith.streams.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What has been read back from Kafka so far. One thread. */
final class Progress {
  private static final double RATE_SECONDS = 3;

  private final long begun;
  private final TreeMap<Long, Long> countAt = new TreeMap<>();
  private final Map<Long, Quality> windows = new TreeMap<>();
  private final Highlights highlights;
  private Quality total;
  private long predictions;
  private long newest = Long.MIN_VALUE;
  private long newestWindow = Long.MIN_VALUE;
  private long firstAt;

  /**
   * Nothing yet.
   *
   * @param begun when the demo was started, {@link System#nanoTime}
   * @param firstUnseen event time from which predictions may become highlights
   */
  Progress(long begun, long firstUnseen) {
    this.begun = begun;
    this.highlights = new Highlights(firstUnseen);
  }

  void add(Prediction prediction, long now) {
    if (predictions == 0) {
      firstAt = now;
    }
    predictions++;
    newest = Math.max(newest, prediction.timestamp());
    newestWindow = Math.max(newestWindow, prediction.window());
    countAt.put(now, predictions);
    highlights.offer(prediction);
  }

  void add(Quality quality) {
    if (quality.windowEnd() == null) {
      total = quality;
    } else {
      windows.put(quality.windowStart(), quality);
    }
  }

  long predictions() {
    return predictions;
  }

  /** Event time of the newest prediction, ms. */
  long newest() {
    return newest;
  }

  long newestWindow() {
    return newestWindow;
  }

  /** Predictions a second, lately. */
  double rate(long now) {
    countAt.headMap(now - (long) (RATE_SECONDS * 1e9)).clear();
    if (countAt.size() < 2) {
      return 0;
    }
    long span = now - countAt.firstKey();
    return (predictions - countAt.firstEntry().getValue()) / (span / 1e9);
  }

  /** Seconds from the start to the first prediction; empty before it. */
  Optional<Double> secondsToFirst() {
    return predictions == 0 ? Optional.empty() : Optional.of((firstAt - begun) / 1e9);
  }

  double seconds(long now) {
    return (now - begun) / 1e9;
  }

  /** Figures over the part of the stream that the model has not seen; empty before it. */
  Optional<Quality> total() {
    return Optional.ofNullable(total);
  }

  /** Figures by window of event time, oldest first. */
  List<Quality> windows() {
    return new ArrayList<>(windows.values());
  }

  Highlights highlights() {
    return highlights;
  }
}
