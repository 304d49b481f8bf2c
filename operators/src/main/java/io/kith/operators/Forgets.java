package io.kith.operators;

import java.util.List;

/**
 * All nodes to be forgotten at one moment, from a Reader to the Updater beside it, and from there
 * to the Recommender of the same key groups.
 *
 * @param window the first window that does not know them
 * @param receiver any key of the subtask
 * @param nodes ids, sorted, each once
 */
record Forgets(long window, long receiver, List<String> nodes)
    implements ForUpdater, ForRecommender {
  Forgets {
    nodes = List.copyOf(nodes);
  }
}
