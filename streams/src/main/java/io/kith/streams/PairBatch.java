package io.kith.streams;

import io.kith.model.Prediction;

/**
 * Up to {@value #SIZE} predictions, each with the scores of its true target and of its first
 * negative. One thread.
 */
final class PairBatch {
  /** Predictions of a full batch, as in the evaluation of Luo and Li (LoG 2022). */
  static final int SIZE = 32;

  final double[] positive = new double[SIZE];
  final double[] negative = new double[SIZE];
  final double[] recencyPositive = new double[SIZE];
  final double[] recencyNegative = new double[SIZE];
  private int size;

  /** Takes in a prediction that has a negative; the batch must not be full. */
  void add(Prediction p) {
    add(p.score(), p.negativeScore(), p.recencyScore(), p.negativeRecencyScore());
  }

  void add(double score, double negativeScore, double recencyScore, double negativeRecencyScore) {
    positive[size] = score;
    negative[size] = negativeScore;
    recencyPositive[size] = recencyScore;
    recencyNegative[size] = negativeRecencyScore;
    size++;
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
    if (size == 0) {
      return QualitySums.NONE;
    }
    return QualitySums.ofBatch(
        size * AveragePrecision.of(positive, negative, size),
        size * AveragePrecision.of(recencyPositive, recencyNegative, size));
  }
}
