package io.kith.operators;

import io.kith.model.LastList;
import io.kith.model.NodeKey;
import io.kith.state.KeyIndex;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last list of each node of a subtask, as keys. Bounded by key group, because those are the
 * same at any parallelism: what is here depends on the lists made so far and on nothing else. Costs
 * about 90 bytes a list and 8 for each of its partners, on the heap. Not safe for concurrent use.
 */
final class LastLists {
  /** At least this part of a key group's lists is let go at a time. */
  private static final int PART = 16;

  /** Before the keys of the partners: window, k. */
  private static final int HEAD = 2;

  private final KeyGroups keyGroups;
  private final long most;
  private final Map<Integer, Map<Long, long[]>> groups = new HashMap<>();
  private final Set<Long> changed = new HashSet<>();

  /**
   * @param most lists kept of one key group; of more, those made longest ago are let go
   */
  LastLists(KeyGroups keyGroups, long most) {
    this.keyGroups = keyGroups;
    this.most = most;
  }

  /** A node has a new list: no window before that of any other list so far. */
  void made(long node, long window, int k, long[] partners) {
    long[] list = new long[HEAD + partners.length];
    list[0] = window;
    list[1] = k;
    System.arraycopy(partners, 0, list, HEAD, partners.length);
    Map<Long, long[]> group = groupOf(node);
    group.put(node, list);
    changed.add(node);
    if (group.size() > most) {
      List<Long> oldest =
          group.entrySet().stream()
              .sorted(
                  Comparator.comparingLong((Map.Entry<Long, long[]> e) -> e.getValue()[0])
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(Math.max(1, most / PART))
              .map(Map.Entry::getKey)
              .toList();
      oldest.forEach(group::remove);
      changed.addAll(oldest);
    }
  }

  private Map<Long, long[]> groupOf(long node) {
    return groups.computeIfAbsent(keyGroups.of(node), group -> new HashMap<>());
  }

  /** What the last list of a source says of a target; null where there is none. */
  LastList of(long source, long target) {
    long[] list = groupOf(source).get(source);
    if (list == null) {
      return null;
    }
    for (int i = HEAD; i < list.length; i++) {
      if (list[i] == target) {
        return new LastList(list[0], (int) list[1], i - HEAD + 1);
      }
    }
    return new LastList(list[0], (int) list[1], null);
  }

  /** Drops the lists of nodes, and takes the nodes out of all others; the places stay. */
  void forget(KeyIndex nodes) {
    for (Map<Long, long[]> group : groups.values()) {
      for (Map.Entry<Long, long[]> entry : group.entrySet()) {
        long[] list = entry.getValue();
        for (int i = HEAD; i < list.length; i++) {
          if (nodes.contains(list[i])) {
            list[i] = NodeKey.EMPTY;
            changed.add(entry.getKey());
          }
        }
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (groupOf(nodes.get(i)).remove(nodes.get(i)) != null) {
        changed.add(nodes.get(i));
      }
    }
  }

  /** How many there are. */
  int size() {
    return groups.values().stream().mapToInt(Map::size).sum();
  }

  /** Nodes whose list has changed since they were last cleared; the caller clears them. */
  Set<Long> changed() {
    return changed;
  }

  /** A node's list as {@link #restore} takes it; null where there is none. */
  long[] save(long node) {
    long[] list = groupOf(node).get(node);
    return list == null ? null : Arrays.copyOf(list, list.length);
  }

  void restore(long node, long[] saved) {
    groupOf(node).put(node, saved);
  }
}
