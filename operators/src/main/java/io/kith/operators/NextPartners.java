package io.kith.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The Updater's part in listing next partners: scores the candidates that it owns, from the records
 * as they are after the window of the list and before the next, for the time at which that window
 * ends. A candidate that has never been a target is left out. Not safe for concurrent use.
 */
final class NextPartners {
  private final OwnedNodes nodes;
  private final Windows windows;
  private final int k;
  private final PartnerScorer scorer;
  private final TreeMap<Long, List<Shortlist>> held = new TreeMap<>();

  /** Takes the best of each node's candidates. */
  interface Output {
    void scored(ScoredCandidates best);
  }

  NextPartners(PartnerScorer scorer, OwnedNodes nodes, Windows windows, int k) {
    this.scorer = scorer;
    this.nodes = nodes;
    this.windows = windows;
    this.k = k;
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
  void runFirst(PartnerScorer.Ids ids, Output output) {
    long window = firstWindow();
    nodes.expire(window + 1);
    for (Shortlist shortlist : held.pollFirstEntry().getValue()) {
      long key = shortlist.nodeKey();
      if (scorer.source(key, shortlist.nodeRecord(), windows.start(window + 1))) {
        output.scored(
            new ScoredCandidates(
                window, shortlist.node(), key, scorer.best(key, shortlist.candidates(), k, ids)));
      }
    }
  }
}
