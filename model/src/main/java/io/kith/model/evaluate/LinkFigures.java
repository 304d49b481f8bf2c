package io.kith.model.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How well one predictor did, each figure in [0, 1] and larger is better.
 *
 * @param apOfBatches average precision, one negative each, averaged over batches of 32 as the
 *     authors of NAT do
 * @param ap average precision over all interactions at once
 * @param auc area under the ROC curve, one negative each
 * @param mrrRandom mean reciprocal rank among random negatives
 * @param mrrHistorical mean reciprocal rank among historical and random negatives, half each
 */
public record LinkFigures(
    double apOfBatches, double ap, double auc, double mrrRandom, double mrrHistorical) {

  /** The mean of each figure. */
  public static LinkFigures mean(List<LinkFigures> runs) {
    return new LinkFigures(
        mean(runs, LinkFigures::apOfBatches),
        mean(runs, LinkFigures::ap),
        mean(runs, LinkFigures::auc),
        mean(runs, LinkFigures::mrrRandom),
        mean(runs, LinkFigures::mrrHistorical));
  }

  private static double mean(List<LinkFigures> runs, ToDoubleFunction<LinkFigures> figure) {
    return runs.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }
}
