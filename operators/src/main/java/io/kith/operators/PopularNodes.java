package io.kith.operators;

import java.util.List;

/**
 * The most active targets of one Reader's nodes, to an Updater.
 *
 * @param period from which on they count
 * @param receiver any key of the subtask that they go to
 * @param sender the subtask whose nodes they are
 * @param nodes most active first
 */
record PopularNodes(long period, long receiver, int sender, List<Ranked> nodes)
    implements ForUpdater {
  /** A node, and what orders it: see {@link io.kith.model.PopularTargets#rank}. */
  record Ranked(long key, double rank) {}

  PopularNodes {
    nodes = List.copyOf(nodes);
  }
}
