package io.kith.streams.serve;

import java.util.Comparator;

/**
 * A node that is like another.
 *
 * @param similarity cosine of the angle between the two embeddings, in [-1, 1] up to rounding
 */
record SimilarNode(String node, double similarity) {
  /** The most similar first; equal ones in the order of their ids, so that answers repeat. */
  static final Comparator<SimilarNode> BEST_FIRST =
      Comparator.comparingDouble(SimilarNode::similarity)
          .reversed()
          .thenComparing(SimilarNode::node);
}
