package io.kith.operators;

import java.io.Serializable;

/**
 * What a prediction says beside its score.
 *
 * @param negatives other targets to rank each true one among; 0 for none
 * @param explainShare share of predictions with an explanation, 0 to 1; chosen by hash
 * @param explainNeighbours keys of each kind that an explanation has at most
 */
public record PredictionSettings(int negatives, double explainShare, int explainNeighbours)
    implements Serializable {
  /** Ranks, and no explanations. */
  public static PredictionSettings ranks(int negatives) {
    return new PredictionSettings(negatives, 0, 0);
  }
}
