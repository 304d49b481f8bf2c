package io.kith.operators;

import io.kith.model.Recommendation;
import java.util.List;

/**
 * The best candidates of a node among those of one subtask, on their way to be merged; or that the
 * node has been forgotten.
 *
 * @param window after which the list is made; or the first that does not know the node
 * @param node id of the node
 * @param nodeKey its key
 * @param forgotten whether the node has been forgotten; then there are no items
 * @param items at most as many as a list has
 */
record ScoredCandidates(
    long window, String node, long nodeKey, boolean forgotten, List<Recommendation.Item> items) {
  ScoredCandidates {
    items = List.copyOf(items);
  }
}
