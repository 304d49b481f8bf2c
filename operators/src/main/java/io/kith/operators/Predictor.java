package io.kith.operators;

import io.kith.model.Explainer;
import io.kith.model.Explanation;
import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import io.kith.model.PairScorer;
import io.kith.model.RecencyRule;
import io.kith.model.Weights;

/**
 * Scores an interaction, and ranks its target among negatives by the model and by two rules that
 * need no training: recency, and EdgeBank (Poursafaei et al., NeurIPS 2022), which finds all pairs
 * that have met equally likely and all others equally unlikely. The rules know what the two
 * N-caches hold, as the model does. Runs where the target's record lies; the negatives lie beside
 * it. Not safe for concurrent use.
 */
final class Predictor {
  private final OwnedNodes nodes;
  private final PairScorer scorer;
  private final Negatives negatives;
  private final double explainShare;
  private final Explainer explainer;
  private final StoredRecord other;
  private final ReusedPrediction said;

  Predictor(Weights weights, OwnedNodes nodes, PredictionSettings settings) {
    this.nodes = nodes;
    this.scorer = new PairScorer(weights);
    this.negatives = new Negatives(settings.negatives());
    this.explainShare = settings.explainShare();
    this.explainer = new Explainer(weights.sizes(), settings.explainNeighbours());
    this.other = new StoredRecord(StoredRecord.layout(weights.sizes()));
    this.said = new ReusedPrediction(weights.version());
  }

  /**
   * What the two records, as they were before the window, say of the interaction, until the next
   * call. A pair that was only asked for is ranked among none: nobody says that it is the true one.
   */
  ReusedPrediction predict(Half half, StoredRecord ofSource, StoredRecord ofTarget) {
    Interaction i = half.interaction();
    scorer.source(i.sourceKey(), ofSource, i.timestamp());
    scorer.add(i.targetKey(), ofTarget);
    said.half = half;
    said.recencyScore = recency(ofTarget);
    said.met = scorer.met();
    said.sharedNeighbours = scorer.sharedNeighbours();
    if (half.asked()) {
      negatives.none();
    } else {
      negatives.choose(i, nodes.targetsBeside(i.targetKey()));
    }
    said.negatives = negatives.found();
    rankByRules();
    rankByScore();
    said.explanation = explanation(i, ofSource, ofTarget);
    return said;
  }

  /** Reads the negatives, has them scored with the target, and ranks it by the two rules. */
  private void rankByRules() {
    said.recencyRank = 1;
    said.edgeBankRank = 1;
    for (int n = 0; n < negatives.found(); n++) {
      nodes.read(negatives.key(n), other);
      scorer.add(negatives.key(n), other);
      double recency = recency(other);
      boolean met = scorer.met();
      said.recencyRank += recency > said.recencyScore ? 1 : recency == said.recencyScore ? 0.5 : 0;
      said.edgeBankRank += met == said.met ? 0.5 : met ? 1 : 0;
      if (n == 0) {
        said.negativeRecencyScore = recency;
        said.negativeMet = met;
      }
    }
  }

  private void rankByScore() {
    float[] scores = scorer.scores();
    said.score = scores[0];
    said.rank = 1;
    for (int n = 1; n <= negatives.found(); n++) {
      said.rank += scores[n] > said.score ? 1 : scores[n] == said.score ? 0.5 : 0;
    }
    if (negatives.found() > 0) {
      said.negativeScore = scores[1];
    }
  }

  /** Null where this one is not among the share: a function of the interaction alone. */
  private Explanation explanation(Interaction i, StoredRecord ofSource, StoredRecord ofTarget) {
    double draw = (NodeKey.mix(Negatives.seed(i) - 1) >>> 11) * 0x1p-53; // uniform in [0, 1)
    return draw < explainShare
        ? explainer.explain(i.sourceKey(), ofSource, i.targetKey(), ofTarget, i.timestamp())
        : null;
  }

  /** What the rule says of the pair last taken by the scorer. */
  private double recency(StoredRecord ofTarget) {
    return RecencyRule.score(
        scorer.met(), scorer.lastMet(), ofTarget.interactions() > 0, ofTarget.tau());
  }
}
