package io.kith.streams;

import java.util.Arrays;

/**
 * Average precision of a ranking: the area under its precision-recall steps, {@code sum over
 * thresholds of (recall gained) x (precision)}. Equal scores are one threshold, so their order does
 * not matter. Any thread.
 *
 * <p>The same as scikit-learn's {@code average_precision_score}.
 */
final class AveragePrecision {
  private AveragePrecision() {}

  /**
   * Average precision of pairs, each of something that happened and something that did not.
   *
   * @param positives scores of what happened, the first {@code n} are read
   * @param negatives scores of what did not, the first {@code n} are read
   * @param n pairs, at least 1
   * @return in (0, 1]
   */
  static double of(double[] positives, double[] negatives, int n) {
    double[] up = Arrays.copyOf(positives, n);
    double[] down = Arrays.copyOf(negatives, n);
    Arrays.sort(up);
    Arrays.sort(down);
    int i = n;
    int j = n;
    double area = 0;
    while (i > 0) {
      double threshold = j > 0 ? Math.max(up[i - 1], down[j - 1]) : up[i - 1];
      int before = i;
      while (i > 0 && up[i - 1] == threshold) {
        i--;
      }
      while (j > 0 && down[j - 1] == threshold) {
        j--;
      }
      int truePositives = n - i;
      int chosen = truePositives + n - j;
      area += (double) (before - i) * truePositives / chosen;
    }
    return area / n;
  }
}
