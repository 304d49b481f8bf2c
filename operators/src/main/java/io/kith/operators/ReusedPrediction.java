package io.kith.operators;

import io.kith.model.Explanation;
import io.kith.model.Interaction;
import io.kith.model.Prediction;

/**
 * What was said of an interaction, in memory that is used again for the next one: valid during the
 * call that shows it. Who keeps it keeps a {@link #copy}. What the fields mean: {@link Prediction}.
 * Not safe for concurrent use.
 */
public final class ReusedPrediction {
  final String modelVersion;

  /** That of the interaction which came from its source. */
  Half half;

  float score;
  int sharedNeighbours;
  int negatives;
  double rank;
  double recencyRank;
  double edgeBankRank;
  double recencyScore;
  boolean met;

  /** These three mean nothing where there are no negatives. */
  float negativeScore;

  double negativeRecencyScore;
  boolean negativeMet;

  /** Null but for a share of interactions. */
  Explanation explanation;

  ReusedPrediction(String modelVersion) {
    this.modelVersion = modelVersion;
  }

  /** Probability in [0, 1] that the interaction happens, from the records before its window. */
  public float score() {
    return score;
  }

  Interaction interaction() {
    return half.interaction();
  }

  /** Takes over all of another one of the same model. */
  void set(ReusedPrediction from) {
    half = from.half;
    score = from.score;
    sharedNeighbours = from.sharedNeighbours;
    negatives = from.negatives;
    rank = from.rank;
    recencyRank = from.recencyRank;
    edgeBankRank = from.edgeBankRank;
    recencyScore = from.recencyScore;
    met = from.met;
    negativeScore = from.negativeScore;
    negativeRecencyScore = from.negativeRecencyScore;
    negativeMet = from.negativeMet;
    explanation = from.explanation;
  }

  /** The same, to be kept. */
  public Prediction copy() {
    boolean ranked = negatives > 0;
    return new Prediction(
        interaction().source(),
        interaction().target(),
        interaction().timestamp(),
        score,
        half.window(),
        modelVersion,
        sharedNeighbours,
        negatives,
        rank,
        recencyRank,
        edgeBankRank,
        recencyScore,
        met,
        ranked ? negativeScore : null,
        ranked ? negativeRecencyScore : null,
        ranked ? negativeMet : null,
        explanation,
        null);
  }
}
