package io.kith.streams.serve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** Gathers the most similar nodes of many, each node once. One thread. */
final class NearestNodes {
  private final int limit;
  private final Set<String> seen = new HashSet<>();

  /** The worst of those kept on top. */
  private final PriorityQueue<SimilarNode> kept =
      new PriorityQueue<>(SimilarNode.BEST_FIRST.reversed());

  /**
   * @param limit how many are kept, at least 1
   */
  NearestNodes(int limit) {
    this.limit = limit;
  }

  /** Offers a node; one that was offered before is passed over. */
  void offer(String node, double similarity) {
    if (kept.size() == limit && similarity < kept.peek().similarity()) {
      return;
    }
    if (!seen.add(node)) {
      return;
    }
    kept.add(new SimilarNode(node, similarity));
    if (kept.size() > limit) {
      kept.poll();
    }
  }

  /** Those kept, the best first. */
  List<SimilarNode> best() {
    List<SimilarNode> best = new ArrayList<>(kept);
    best.sort(SimilarNode.BEST_FIRST);
    return best;
  }
}
