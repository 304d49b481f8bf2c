package io.kith.streams;

import io.kith.model.Prediction;

/**
 * Sums over predictions from which a {@link Quality} follows. Sums of disjoint sets of predictions
 * {@linkplain #plus add up}; floating-point sums depend on the order in which they are added, so
 * callers keep to one.
 *
 * @param predictions how many, repeats left out
 * @param repeats predictions left out as repeats
 * @param ranked predictions with at least one negative; those below are over these
 * @param negatives sum of their negatives
 * @param model sums of the model's ranks
 * @param recency sums of the recency rule's ranks
 * @param edgeBank sums of EdgeBank's ranks
 * @param whoNext sums of the places in the lists of next partners
 * @param firstTimestamp least event time, ms
 * @param lastTimestamp greatest event time, ms
 * @param modelVersion of the prediction with the greatest event time; of equals, the greatest
 */
record QualitySums(
    long predictions,
    long repeats,
    long ranked,
    long negatives,
    RankSums model,
    RankSums recency,
    RankSums edgeBank,
    ListSums whoNext,
    long firstTimestamp,
    long lastTimestamp,
    String modelVersion) {

  /** The sums over nothing. */
  static final QualitySums NONE = untimed(0, RankSums.NONE, RankSums.NONE, RankSums.NONE);

  /** The sums over one prediction, without its part in a batch. */
  static QualitySums of(Prediction p) {
    boolean ranked = p.negatives() > 0;
    return new QualitySums(
        1,
        0,
        ranked ? 1 : 0,
        p.negatives(),
        ranked ? RankSums.of(p.rank()) : RankSums.NONE,
        ranked ? RankSums.of(p.recencyRank()) : RankSums.NONE,
        ranked ? RankSums.of(p.edgeBankRank()) : RankSums.NONE,
        ListSums.of(p.lastList()),
        p.timestamp(),
        p.timestamp(),
        p.modelVersion());
  }

  /** What a batch adds: its average precisions, each times the number of its predictions. */
  static QualitySums ofBatch(double model, double recency, double edgeBank) {
    return untimed(
        0, RankSums.ofBatch(model), RankSums.ofBatch(recency), RankSums.ofBatch(edgeBank));
  }

  /** What a repeat adds: its number alone. */
  static QualitySums ofRepeat() {
    return untimed(1, RankSums.NONE, RankSums.NONE, RankSums.NONE);
  }

  private static QualitySums untimed(
      long repeats, RankSums model, RankSums recency, RankSums edgeBank) {
    return new QualitySums(
        0,
        repeats,
        0,
        0,
        model,
        recency,
        edgeBank,
        ListSums.NONE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        "");
  }

  /** The sums over both. */
  QualitySums plus(QualitySums other) {
    return new QualitySums(
        predictions + other.predictions,
        repeats + other.repeats,
        ranked + other.ranked,
        negatives + other.negatives,
        model.plus(other.model),
        recency.plus(other.recency),
        edgeBank.plus(other.edgeBank),
        whoNext.plus(other.whoNext),
        Math.min(firstTimestamp, other.firstTimestamp),
        Math.max(lastTimestamp, other.lastTimestamp),
        newestVersion(other));
  }

  private String newestVersion(QualitySums other) {
    if (lastTimestamp != other.lastTimestamp) {
      return lastTimestamp > other.lastTimestamp ? modelVersion : other.modelVersion;
    }
    return modelVersion.compareTo(other.modelVersion) >= 0 ? modelVersion : other.modelVersion;
  }

  /**
   * The figures.
   *
   * @param windowStart event time, ms; null for a total of everything
   * @param windowEnd event time, ms; null for a total
   */
  Quality toQuality(Long windowStart, Long windowEnd) {
    return new Quality(
        windowStart,
        windowEnd,
        firstTimestamp,
        lastTimestamp,
        predictions,
        repeats,
        ranked,
        ranked == 0 ? null : (Double) ((double) negatives / ranked),
        model.figures(ranked),
        recency.figures(ranked),
        edgeBank.figures(ranked),
        whoNext.figures(),
        modelVersion);
  }
}
