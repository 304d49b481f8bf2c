package io.kith.streams;

/**
 * Sums over ranked predictions from which the {@link RankFigures} of a rule follow.
 *
 * @param reciprocalRanks sum of 1 / rank
 * @param hitsAt1 ranks of 1
 * @param hitsAt10 ranks of at most 10
 * @param precision sum over batches of (predictions of the batch) x (its average precision)
 */
record RankSums(double reciprocalRanks, long hitsAt1, long hitsAt10, double precision) {
  static final RankSums NONE = new RankSums(0, 0, 0, 0);

  /** The sums over one prediction, without its part in a batch. */
  static RankSums of(double rank) {
    return new RankSums(1 / rank, rank <= 1 ? 1 : 0, rank <= 10 ? 1 : 0, 0);
  }

  /** What a batch adds: its average precision times the number of its predictions. */
  static RankSums ofBatch(double precision) {
    return new RankSums(0, 0, 0, precision);
  }

  RankSums plus(RankSums other) {
    return new RankSums(
        reciprocalRanks + other.reciprocalRanks,
        hitsAt1 + other.hitsAt1,
        hitsAt10 + other.hitsAt10,
        precision + other.precision);
  }

  /** Null over none. */
  RankFigures figures(long ranked) {
    return ranked == 0
        ? null
        : new RankFigures(
            reciprocalRanks / ranked,
            (double) hitsAt1 / ranked,
            (double) hitsAt10 / ranked,
            precision / ranked);
  }
}
