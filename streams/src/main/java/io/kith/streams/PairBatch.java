package io.kith.streams;

import io.kith.model.Prediction;

/**
 * Up to {@value #SIZE} predictions, each with the scores of its true target and of its first
 * negative by the model, the recency rule and EdgeBank. One thread.
 */
final class PairBatch {
  /** Predictions of a full batch, as in the evaluation of Luo and Li (LoG 2022). */
  static final int SIZE = 32;

  /** Numbers of a prediction: of each rule the score of the true target, then of the negative. */
  static final int SCORES = 6;

  private final double[][] scores = new double[SCORES][SIZE];
  private int size;

  /** Takes in a prediction that has a negative; the batch must not be full. */
  void add(Prediction p) {
    add(
        p.score(),
        p.negativeScore(),
        p.recencyScore(),
        p.negativeRecencyScore(),
        p.met() ? 1 : 0,
        p.negativeMet() ? 1 : 0);
  }

  /**
   * @param each {@value #SCORES} numbers, in the order of {@link #score}
   */
  void add(double... each) {
    for (int which = 0; which < SCORES; which++) {
      scores[which][size] = each[which];
    }
    size++;
  }

  double score(int which, int prediction) {
    return scores[which][prediction];
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == SIZE;
  }

  void clear() {
    size = 0;
  }

  /** What the batch, as full as it is, adds to the sums. */
  QualitySums sums() {
    return size == 0
        ? QualitySums.NONE
        : QualitySums.ofBatch(precision(0), precision(2), precision(4));
  }

  private double precision(int which) {
    return size * AveragePrecision.of(scores[which], scores[which + 1], size);
  }
}
