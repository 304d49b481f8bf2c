package io.kith.model.train;

import io.kith.model.Activations;

/**
 * The loss of one interaction: binary cross-entropy of the interaction and of the mean of the
 * random targets, which keeps scores comparable across sources, plus the cross-entropy of a softmax
 * over all targets, which teaches to rank. Not safe for concurrent use.
 */
final class RankingLoss {
  /** What a target is beside the true one, with its weight in the softmax. */
  enum Kind {
    TRUE(1.0),
    RANDOM(1.0),
    PARTNER(0.15),
    POPULAR(0.5);

    private final double logWeight;

    Kind(double weight) {
      logWeight = StrictMath.log(weight);
    }
  }

  private final double[] share;

  RankingLoss(int most) {
    share = new double[most];
  }

  /**
   * The loss, with its gradient.
   *
   * @param logits of {@code count} targets; the first is the true one
   * @param kinds of the targets
   * @param scale factor of the gradient
   * @param gradient receives the gradient by each logit
   */
  double add(float[] logits, Kind[] kinds, int count, double scale, float[] gradient) {
    double highest = Double.NEGATIVE_INFINITY;
    int random = 0;
    for (int k = 0; k < count; k++) {
      share[k] = logits[k] + kinds[k].logWeight;
      highest = Math.max(highest, share[k]);
      random += kinds[k] == Kind.RANDOM ? 1 : 0;
    }
    double sum = 0;
    for (int k = 0; k < count; k++) {
      share[k] = StrictMath.exp(share[k] - highest);
      sum += share[k];
    }
    double loss = -StrictMath.log(share[0] / sum) + softplus(-logits[0]);
    for (int k = 0; k < count; k++) {
      double by = share[k] / sum;
      if (kinds[k] == Kind.TRUE) {
        by += Activations.sigmoid(logits[k]) - 2;
      } else if (kinds[k] == Kind.RANDOM) {
        loss += softplus(logits[k]) / random;
        by += Activations.sigmoid(logits[k]) / random;
      }
      gradient[k] = (float) (scale * by);
    }
    return loss;
  }

  /** ln(1 + e^x). */
  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }
}
