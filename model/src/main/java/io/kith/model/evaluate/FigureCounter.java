package io.kith.model.evaluate;

/** Gathers the figures of one predictor. Not safe for concurrent use. */
final class FigureCounter {
  private static final int AUTHORS_BATCH = 32;

  final LinkPredictor predictor;
  private final ScoredPairs batch = new ScoredPairs();
  private final ScoredPairs all = new ScoredPairs();
  private double batchPrecisions;
  private int batches;
  private double reciprocalRandom;
  private double reciprocalHistorical;

  FigureCounter(LinkPredictor predictor) {
    this.predictor = predictor;
  }

  /** Scores a true pair, and the same source with each of the sampled targets. */
  void count(int source, int target, long t, Negatives negatives) {
    double score = predictor.score(source, target, t);
    double negative = predictor.score(source, negatives.single(), t);
    batch.add(score, negative);
    all.add(score, negative);
    if (batch.size() == AUTHORS_BATCH) {
      closeBatch();
    }
    reciprocalRandom += reciprocalRank(score, source, t, negatives.random());
    reciprocalHistorical += reciprocalRank(score, source, t, negatives.historical());
  }

  private void closeBatch() {
    batchPrecisions += batch.averagePrecision();
    batches++;
    batch.clear();
  }

  private double reciprocalRank(double score, int source, long t, int[] negatives) {
    int greater = 0;
    int notLess = 0;
    for (int negative : negatives) {
      double other = predictor.score(source, negative, t);
      greater += other > score ? 1 : 0;
      notLess += other >= score ? 1 : 0;
    }
    return 1 / rank(greater, notLess);
  }

  /** The place of a score among others: a tie counts half, as on the TGB leaderboard. */
  static double rank(int greater, int notLess) {
    return (greater + notLess) / 2.0 + 1;
  }

  LinkFigures figures() {
    if (batch.size() > 0) {
      closeBatch();
    }
    return new LinkFigures(
        batchPrecisions / batches,
        all.averagePrecision(),
        all.areaUnderCurve(),
        reciprocalRandom / all.size(),
        reciprocalHistorical / all.size());
  }
}
