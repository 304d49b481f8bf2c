package io.kith.model.train;

/**
 * How an epoch went.
 *
 * @param epoch from 1
 * @param loss mean loss of an interaction
 * @param interactionsPerSecond learned, without the validation
 * @param averagePrecision on the validation part, one random negative, averaged over batches of 32
 * @param meanReciprocalRank on the validation part, mean of that among random negatives and that
 *     among historical ones
 */
public record EpochReport(
    int epoch,
    double loss,
    double interactionsPerSecond,
    double averagePrecision,
    double meanReciprocalRank) {

  /** What the best epoch has most of. */
  double quality() {
    return averagePrecision + meanReciprocalRank;
  }
}
