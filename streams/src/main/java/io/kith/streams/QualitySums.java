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
 * @param reciprocalRanks sum of 1 / rank
 * @param recencyReciprocalRanks sum of 1 / recencyRank
 * @param hitsAt1 ranks of 1
 * @param hitsAt10 ranks of at most 10
 * @param precision sum over batches of (predictions of the batch) x (its average precision)
 * @param recencyPrecision the same of the recency rule
 * @param firstTimestamp least event time, ms
 * @param lastTimestamp greatest event time, ms
 * @param modelVersion of the prediction with the greatest event time; of equals, the greatest
 */
record QualitySums(
    long predictions,
    long repeats,
    long ranked,
    long negatives,
    double reciprocalRanks,
    double recencyReciprocalRanks,
    long hitsAt1,
    long hitsAt10,
    double precision,
    double recencyPrecision,
    long firstTimestamp,
    long lastTimestamp,
    String modelVersion) {

  /** The sums over nothing. */
  static final QualitySums NONE =
      new QualitySums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, "");

  /** The sums over one prediction, without its part in a batch. */
  static QualitySums of(Prediction p) {
    boolean ranked = p.negatives() > 0;
    return new QualitySums(
        1,
        0,
        ranked ? 1 : 0,
        p.negatives(),
        ranked ? 1 / p.rank() : 0,
        ranked ? 1 / p.recencyRank() : 0,
        ranked && p.rank() <= 1 ? 1 : 0,
        ranked && p.rank() <= 10 ? 1 : 0,
        0,
        0,
        p.timestamp(),
        p.timestamp(),
        p.modelVersion());
  }

  /** What a batch adds: its average precisions, each times the number of its predictions. */
  static QualitySums ofBatch(double precision, double recencyPrecision) {
    return new QualitySums(
        0, 0, 0, 0, 0, 0, 0, 0, precision, recencyPrecision, Long.MAX_VALUE, Long.MIN_VALUE, "");
  }

  /** What a repeat adds: its number alone. */
  static QualitySums ofRepeat() {
    return new QualitySums(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, "");
  }

  /** The sums over both. */
  QualitySums plus(QualitySums other) {
    return new QualitySums(
        predictions + other.predictions,
        repeats + other.repeats,
        ranked + other.ranked,
        negatives + other.negatives,
        reciprocalRanks + other.reciprocalRanks,
        recencyReciprocalRanks + other.recencyReciprocalRanks,
        hitsAt1 + other.hitsAt1,
        hitsAt10 + other.hitsAt10,
        precision + other.precision,
        recencyPrecision + other.recencyPrecision,
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
        mean((double) negatives),
        mean(reciprocalRanks),
        mean(recencyReciprocalRanks),
        mean((double) hitsAt1),
        mean((double) hitsAt10),
        mean(precision),
        mean(recencyPrecision),
        modelVersion);
  }

  private Double mean(double sum) {
    return ranked == 0 ? null : sum / ranked;
  }
}
