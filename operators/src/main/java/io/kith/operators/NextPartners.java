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
import java.util.TreeMap;

/**
 * The Updater's part in listing next partners: scores the candidates that it owns, from the records
 * as they are after the window of the list and before the next, for the time at which that window
 * ends. A candidate that has never been a target is left out. Not safe for concurrent use.
 */
final class NextPartners {
  private static final Comparator<Scored> BEST =
      Comparator.comparingDouble(Scored::weight)
          .reversed()
          .thenComparingLong(scored -> scored.candidate().key());

  private final OwnedNodes nodes;
  private final Windows windows;
  private final int k;
  private final PairScorer scorer;
  private final Reasons reasons;
  private final StoredRecord ofNode;
  private final StoredRecord ofCandidate;
  private final TreeMap<Long, List<Shortlist>> held = new TreeMap<>();

  /** What is known of the ids of nodes. */
  interface Ids {
    /** The id of a key that this subtask owns. */
    String of(long key);
  }

  /** Takes the best of each node's candidates. */
  interface Output {
    void scored(ScoredCandidates best);
  }

  private record Scored(Shortlist.Candidate candidate, float score, double weight) {}

  NextPartners(Weights weights, OwnedNodes nodes, Windows windows, int k) {
    RecordLayout layout = StoredRecord.layout(weights.sizes());
    this.nodes = nodes;
    this.windows = windows;
    this.k = k;
    this.scorer = new PairScorer(weights);
    this.reasons = new Reasons(weights.sizes());
    this.ofNode = new StoredRecord(layout);
    this.ofCandidate = new StoredRecord(layout);
  }

  void add(Shortlist shortlist) {
    held.computeIfAbsent(shortlist.window(), window -> new ArrayList<>()).add(shortlist);
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** The first window after which lists are wanted; no window at all where there are none. */
  long firstWindow() {
    return held.isEmpty() ? Long.MAX_VALUE : held.firstKey();
  }

  /** Scores for the lists after the first window. */
  void runFirst(Ids ids, Output output) {
    long window = firstWindow();
    nodes.expire(window + 1);
    for (Shortlist shortlist : held.pollFirstEntry().getValue()) {
      if (find(shortlist)) {
        output.scored(
            new ScoredCandidates(
                window, shortlist.node(), shortlist.nodeKey(), false, best(shortlist, ids)));
      }
    }
  }

  private boolean find(Shortlist shortlist) {
    if (shortlist.nodeRecord() == null) {
      return nodes.read(shortlist.nodeKey(), ofNode);
    }
    ofNode.wrap(shortlist.nodeRecord(), 0);
    return true;
  }

  private List<Recommendation.Item> best(Shortlist shortlist, Ids ids) {
    scorer.source(shortlist.nodeKey(), ofNode, windows.start(shortlist.window() + 1));
    List<Scored> scored = new ArrayList<>(shortlist.candidates().size());
    for (Shortlist.Candidate candidate : shortlist.candidates()) {
      if (nodes.read(candidate.key(), ofCandidate)
          && (ofCandidate.roles() & RecordFlyweight.TARGET) != 0) {
        float score = scorer.score(candidate.key(), ofCandidate);
        scored.add(new Scored(candidate, score, Candidates.weight(score, candidate.origin())));
      }
    }
    scored.sort(BEST);
    List<Recommendation.Item> items = new ArrayList<>();
    for (Scored one : scored.subList(0, Math.min(k, scored.size()))) {
      long key = one.candidate().key();
      nodes.read(key, ofCandidate);
      items.add(
          new Recommendation.Item(
              ids.of(key),
              Long.toString(key),
              one.score(),
              one.candidate().origin(),
              reasons.of(shortlist.nodeKey(), ofNode, key, ofCandidate)));
    }
    return items;
  }
}
