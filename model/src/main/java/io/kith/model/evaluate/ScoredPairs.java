package io.kith.model.evaluate;

import java.util.Arrays;

/**
 * Scores of true and of false pairs, and how well they part: average precision and the area under
 * the ROC curve, equal scores counting as scikit-learn counts them. Not safe for concurrent use.
 */
final class ScoredPairs {
  private double[] positives = new double[64];
  private double[] negatives = new double[64];
  private int positiveCount;
  private int negativeCount;

  void add(double positive, double negative) {
    positives = withRoom(positives, positiveCount);
    negatives = withRoom(negatives, negativeCount);
    positives[positiveCount++] = positive;
    negatives[negativeCount++] = negative;
  }

  private static double[] withRoom(double[] scores, int used) {
    return used < scores.length ? scores : Arrays.copyOf(scores, 2 * used);
  }

  int size() {
    return positiveCount;
  }

  void clear() {
    positiveCount = 0;
    negativeCount = 0;
  }

  /**
   * Sum over the distinct scores, from the highest, of the precision at that score times the recall
   * gained there. NaN without pairs.
   */
  double averagePrecision() {
    Arrays.sort(positives, 0, positiveCount);
    Arrays.sort(negatives, 0, negativeCount);
    int p = positiveCount;
    int n = negativeCount;
    double sum = 0;
    while (p > 0) {
      double threshold = positives[p - 1];
      int before = p;
      while (p > 0 && positives[p - 1] == threshold) {
        p--;
      }
      while (n > 0 && negatives[n - 1] >= threshold) {
        n--;
      }
      double found = positiveCount - p;
      sum += (before - p) * found / (found + negativeCount - n);
    }
    return sum / positiveCount;
  }

  /** How often a true pair has the higher score; a tie is half. NaN without pairs. */
  double areaUnderCurve() {
    Arrays.sort(positives, 0, positiveCount);
    Arrays.sort(negatives, 0, negativeCount);
    double sum = 0;
    int below = 0;
    int notAbove = 0;
    for (int i = 0; i < positiveCount; i++) {
      while (below < negativeCount && negatives[below] < positives[i]) {
        below++;
      }
      while (notAbove < negativeCount && negatives[notAbove] <= positives[i]) {
        notAbove++;
      }
      sum += (below + notAbove) / 2.0;
    }
    return sum / positiveCount / negativeCount;
  }
}
