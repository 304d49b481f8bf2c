package io.kith.operators;

import io.kith.model.Recommendation;
import java.util.List;

/**
 * The best candidates of a node among those of one subtask, on their way to be merged.
 *
 * @param window after which the list is made
 * @param node id of the node
 * @param nodeKey its key
 * @param items at most as many as a list has
 */
record ScoredCandidates(long window, String node, long nodeKey, List<Recommendation.Item> items)
    implements ForRecommender {
  ScoredCandidates {
    items = List.copyOf(items);
  }

  @Override
  public long receiver() {
    return nodeKey;
  }
}
