package io.kith.streams;

import io.kith.model.Prediction;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The figures by their definitions, from all predictions at once, with no care for cost. */
final class OfflineQuality {
  private OfflineQuality() {}

  /** Of distinct predictions in the order of their partition. */
  static Quality of(List<Prediction> all, Long windowStart, Long windowEnd) {
    List<Prediction> ranked = all.stream().filter(p -> p.negatives() > 0).toList();
    return new Quality(
        windowStart,
        windowEnd,
        all.stream().mapToLong(Prediction::timestamp).min().orElseThrow(),
        all.stream().mapToLong(Prediction::timestamp).max().orElseThrow(),
        all.size(),
        0,
        ranked.size(),
        mean(ranked, Prediction::negatives),
        figures(ranked, Prediction::rank, Prediction::score, Prediction::negativeScore),
        figures(
            ranked,
            Prediction::recencyRank,
            Prediction::recencyScore,
            Prediction::negativeRecencyScore),
        figures(
            ranked, Prediction::edgeBankRank, p -> number(p.met()), p -> number(p.negativeMet())),
        lists(all),
        all.stream()
            .max(
                Comparator.comparing(Prediction::timestamp).thenComparing(Prediction::modelVersion))
            .orElseThrow()
            .modelVersion());
  }

  private static ListFigures lists(List<Prediction> all) {
    List<Prediction> listed = all.stream().filter(p -> p.lastList() != null).toList();
    return listed.isEmpty()
        ? null
        : new ListFigures(
            listed.size(),
            recall(listed, 1),
            recall(listed, 5),
            recall(listed, 10),
            recall(listed, 20));
  }

  private static Double recall(List<Prediction> listed, int k) {
    return share(
        listed.stream().filter(p -> p.lastList().k() >= k).toList(),
        p -> p.lastList().position() != null && p.lastList().position() <= k);
  }

  private static int number(boolean holds) {
    return holds ? 1 : 0;
  }

  private static RankFigures figures(
      List<Prediction> ranked,
      ToDoubleFunction<Prediction> rank,
      Function<Prediction, Number> positive,
      Function<Prediction, Number> negative) {
    return ranked.isEmpty()
        ? null
        : new RankFigures(
            mean(ranked, p -> 1 / rank.applyAsDouble(p)),
            share(ranked, p -> rank.applyAsDouble(p) == 1),
            share(ranked, p -> rank.applyAsDouble(p) <= 10),
            averagePrecision(ranked, positive, negative));
  }

  /**
   * Precision at the threshold of each positive, averaged over the positives. Equal to the area
   * under the steps, for the positives of one threshold share its gain in recall.
   */
  static double averagePrecision(List<Double> positives, List<Double> negatives) {
    return positives.stream()
        .mapToDouble(
            threshold -> {
              long right = positives.stream().filter(x -> x >= threshold).count();
              long wrong = negatives.stream().filter(x -> x >= threshold).count();
              return (double) right / (right + wrong);
            })
        .average()
        .orElseThrow();
  }

  private static double averagePrecision(
      List<Prediction> ranked,
      Function<Prediction, Number> positive,
      Function<Prediction, Number> negative) {
    double sum = 0;
    for (int i = 0; i < ranked.size(); i += 32) {
      List<Prediction> batch = ranked.subList(i, Math.min(i + 32, ranked.size()));
      sum +=
          batch.size()
              * averagePrecision(
                  batch.stream().map(p -> positive.apply(p).doubleValue()).toList(),
                  batch.stream().map(p -> negative.apply(p).doubleValue()).toList());
    }
    return sum / ranked.size();
  }

  private static Double share(List<Prediction> ranked, Predicate<Prediction> holds) {
    return mean(ranked, p -> holds.test(p) ? 1 : 0);
  }

  private static Double mean(List<Prediction> ranked, ToDoubleFunction<Prediction> value) {
    return ranked.isEmpty()
        ? null
        : (Double) ranked.stream().mapToDouble(value).average().orElseThrow();
  }
}
