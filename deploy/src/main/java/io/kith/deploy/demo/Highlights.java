package io.kith.deploy.demo;

import io.kith.model.Prediction;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A few predictions that a person can understand: where the model saw more than the newest contact,
 * and one that it missed. Keeps a handful, whatever the length of the stream.
 */
final class Highlights {
  private static final int SHOWN = 4;
  private static final int LEAST_NEGATIVES = 5;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Comparator<Prediction> TELLING =
      Comparator.comparingDouble(Highlights::gain)
          .thenComparingInt(Prediction::sharedNeighbours)
          .thenComparingLong(Prediction::timestamp);

  private final long from;
  private final List<Prediction> kept = new ArrayList<>();
  private Prediction miss;

  /**
   * Nothing yet.
   *
   * @param from event time before which nothing is taken, ms
   */
  Highlights(long from) {
    this.from = from;
  }

  void offer(Prediction p) {
    if (p.timestamp() < from || p.negatives() < LEAST_NEGATIVES) {
      return;
    }
    if (miss == null || p.rank() > miss.rank()) {
      miss = p;
    }
    if (p.rank() == 1 && p.sharedNeighbours() > 0) {
      kept.add(p);
      kept.sort(TELLING.reversed());
      Set<String> sources = new HashSet<>();
      kept.removeIf(k -> !sources.add(k.source()));
      if (kept.size() > SHOWN) {
        kept.remove(SHOWN);
      }
    }
  }

  private static double gain(Prediction p) {
    return p.recencyRank() - p.rank();
  }

  /** One or two sentences each, the best first, the miss last. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>(kept.stream().map(Highlights::hit).toList());
    if (miss != null && miss.rank() > 1) {
      sentences.add(
          "%s  %s wrote to %s. A miss: place %s of %d, score %.2f, %s."
              .formatted(
                  TIME.format(Instant.ofEpochMilli(miss.timestamp())),
                  miss.source(),
                  miss.target(),
                  place(miss.rank()),
                  miss.negatives() + 1,
                  miss.score(),
                  shared(miss)));
    }
    return sentences;
  }

  private static String hit(Prediction p) {
    return "%s  %s wrote to %s. Kith had %s in place 1 of %d, score %.2f, %s; the recency rule: place %s."
        .formatted(
            TIME.format(Instant.ofEpochMilli(p.timestamp())),
            p.source(),
            p.target(),
            p.target(),
            p.negatives() + 1,
            p.score(),
            shared(p),
            place(p.recencyRank()));
  }

  private static String shared(Prediction p) {
    return switch (p.sharedNeighbours()) {
      case 0 -> "no shared neighbour";
      case 1 -> "1 shared neighbour";
      default -> p.sharedNeighbours() + " shared neighbours";
    };
  }

  private static String place(double rank) {
    return rank == Math.rint(rank) ? Long.toString((long) rank) : Double.toString(rank);
  }
}
