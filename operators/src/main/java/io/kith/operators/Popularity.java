package io.kith.operators;

import io.kith.model.ModelSizes;
import io.kith.model.PopularTargets;
import io.kith.state.KeyIndex;
import java.util.HashSet;
import java.util.Set;

/**
 * Who is popular: by key group among the nodes that a subtask owns, now; and among all nodes, as it
 * was before the period. All subtasks know the same of all nodes. A node that is forgotten leaves a
 * gap until others become more active, so that what stands here follows from the interactions
 * alone. Follows the rule of {@link OwnedNodes}: written by the Updater alone.
 */
final class Popularity {
  private final int kept;
  private final ModelSizes sizes;
  private final KeyGroups keyGroups;
  private final int here;
  private final PopularTargets[] owned;
  private final Set<Integer> changed = new HashSet<>();

  /** Of each subtask the most active, so more than are wanted. */
  private final PopularTargets all;

  private long[] ofAll = {};

  /**
   * @param kept how many nodes are wanted; 0 for none
   * @param here the subtask that owns nodes
   */
  Popularity(int kept, ModelSizes sizes, KeyGroups keyGroups, int here) {
    this.kept = kept;
    this.sizes = sizes;
    this.keyGroups = keyGroups;
    this.here = here;
    this.owned = new PopularTargets[keyGroups.number()];
    this.all = new PopularTargets(kept * keyGroups.number());
  }

  static Popularity of(JobSettings settings, int subtask) {
    ModelSizes sizes = settings.weights().sizes();
    return new Popularity(
        settings.whoNext().popularKept(sizes), sizes, settings.keyGroups(), subtask);
  }

  /** Whether anybody wants to know. */
  boolean wanted() {
    return kept > 0;
  }

  /** Sees the new record of a node of this subtask. */
  void changed(long key, StoredRecord record) {
    if (wanted()) {
      int group = keyGroups.of(key);
      ofGroup(group).offer(key, PopularTargets.rank(record, sizes));
      changed.add(group);
    }
  }

  private PopularTargets ofGroup(int group) {
    if (owned[group] == null) {
      owned[group] = new PopularTargets(kept);
    }
    return owned[group];
  }

  /** The most active of the nodes that this subtask owns, as of now. */
  PopularTargets ofOwned() {
    PopularTargets most = new PopularTargets(kept);
    for (int group : keyGroups.rangeOf(here)) {
      if (owned[group] != null) {
        for (int i = 0; i < owned[group].size(); i++) {
          most.offer(owned[group].key(i), owned[group].rank(i));
        }
      }
    }
    return most;
  }

  /** Takes what a subtask says of its own, in place of what stands here of its nodes. */
  void said(PopularNodes said) {
    for (long key : all.keys()) {
      if (keyGroups.subtaskOf(key) == said.sender()) {
        all.remove(key);
      }
    }
    for (PopularNodes.Ranked node : said.nodes()) {
      all.offer(node.key(), node.rank());
    }
    choose();
  }

  private void choose() {
    ofAll = new long[Math.min(kept, all.size())];
    for (int i = 0; i < ofAll.length; i++) {
      ofAll[i] = all.key(i);
    }
  }

  /** The most active of all nodes, most active first, as of the start of the period. */
  long[] ofAll() {
    return ofAll;
  }

  /** Leaves nodes out wherever they stand. */
  void forget(KeyIndex nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      long key = nodes.get(i);
      int group = keyGroups.of(key);
      if (owned[group] != null && owned[group].remove(key)) {
        changed.add(group);
      }
      all.remove(key);
    }
    choose();
  }

  /** Key groups whose nodes have changed since they were last cleared; the caller clears them. */
  Set<Integer> changed() {
    return changed;
  }

  /** What is kept of a key group: key and bits of the rank in turns. */
  long[] saveGroup(int group) {
    return save(ofGroup(group));
  }

  /** What is kept of all nodes, in the same form. */
  long[] saveAll() {
    return save(all);
  }

  private static long[] save(PopularTargets targets) {
    long[] saved = new long[2 * targets.size()];
    for (int i = 0; i < targets.size(); i++) {
      saved[2 * i] = targets.key(i);
      saved[2 * i + 1] = Double.doubleToLongBits(targets.rank(i));
    }
    return saved;
  }

  void restoreGroup(int group, long[] saved) {
    if (wanted()) {
      restore(saved, ofGroup(group));
    }
  }

  void restoreAll(long[] saved) {
    if (wanted()) {
      restore(saved, all);
      choose();
    }
  }

  private static void restore(long[] saved, PopularTargets targets) {
    for (int i = 0; i < saved.length; i += 2) {
      targets.offer(saved[i], Double.longBitsToDouble(saved[i + 1]));
    }
  }
}
