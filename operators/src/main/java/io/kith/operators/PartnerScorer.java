package io.kith.operators;

import io.kith.model.Candidates;
import io.kith.model.PairScorer;
import io.kith.model.Reasons;
import io.kith.model.Recommendation;
import io.kith.model.Weights;
import io.kith.state.RecordFlyweight;
import io.kith.state.RecordLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Scores a node's candidates that this subtask owns, from the records as they stand, and says why.
 * Not safe for concurrent use.
 */
final class PartnerScorer {
  private static final Comparator<Scored> BEST =
      Comparator.comparingDouble(Scored::weight)
          .reversed()
          .thenComparingLong(scored -> scored.candidate().key());

  private final OwnedNodes nodes;
  private final PairScorer scorer;
  private final Reasons reasons;
  private final StoredRecord ofNode;
  private final StoredRecord ofCandidate;

  /** What is known of the ids of nodes. */
  interface Ids {
    /** The id of a key that this subtask owns. */
    String of(long key);
  }

  private record Scored(Shortlist.Candidate candidate, float score, double weight) {}

  PartnerScorer(Weights weights, OwnedNodes nodes) {
    RecordLayout layout = StoredRecord.layout(weights.sizes());
    this.nodes = nodes;
    this.scorer = new PairScorer(weights);
    this.reasons = new Reasons(weights.sizes());
    this.ofNode = new StoredRecord(layout);
    this.ofCandidate = new StoredRecord(layout);
  }

  /**
   * Turns to a node.
   *
   * @param record its record; null where this subtask owns it
   * @param time for which scores hold, ms
   * @return whether it has a record
   */
  boolean source(long node, byte[] record, long time) {
    if (record == null) {
      if (!nodes.read(node, ofNode)) {
        return false;
      }
    } else {
      ofNode.wrap(record, 0);
    }
    scorer.source(node, ofNode, time);
    return true;
  }

  /** The node's best candidates, at most {@code k}, of those that have been targets. */
  List<Recommendation.Item> best(long node, List<Shortlist.Candidate> candidates, int k, Ids ids) {
    List<Shortlist.Candidate> targets = new ArrayList<>(candidates.size());
    for (Shortlist.Candidate candidate : candidates) {
      if (knows(candidate.key()) && (ofCandidate.roles() & RecordFlyweight.TARGET) != 0) {
        scorer.add(candidate.key(), ofCandidate);
        targets.add(candidate);
      }
    }
    float[] scores = scorer.scores();
    List<Scored> scored = new ArrayList<>(targets.size());
    for (int n = 0; n < targets.size(); n++) {
      Shortlist.Candidate target = targets.get(n);
      double weight = Candidates.weight(scores[n], target.origin());
      scored.add(new Scored(target, scores[n], weight));
    }
    scored.sort(BEST);
    List<Recommendation.Item> items = new ArrayList<>();
    for (Scored one : scored.subList(0, Math.min(k, scored.size()))) {
      knows(one.candidate().key());
      items.add(item(node, one.candidate(), one.score(), ids));
    }
    return items;
  }

  /** Whether a node has a record; that is then at hand. */
  boolean knows(long candidate) {
    return nodes.read(candidate, ofCandidate);
  }

  /** The candidate last {@linkplain #knows looked at}, whatever it has been. */
  Recommendation.Item of(long node, Shortlist.Candidate candidate, Ids ids) {
    return item(node, candidate, scorer.score(candidate.key(), ofCandidate), ids);
  }

  private Recommendation.Item item(long node, Shortlist.Candidate candidate, float score, Ids ids) {
    return new Recommendation.Item(
        ids.of(candidate.key()),
        Long.toString(candidate.key()),
        score,
        candidate.origin(),
        reasons.of(node, ofNode, candidate.key(), ofCandidate));
  }
}
