package io.kith.operators;

import io.kith.state.NodeStore;
import java.util.Arrays;

/**
 * Keeps each key group within its quota of nodes: when a window's new nodes would exceed it, those
 * of the group whose last interaction is longest ago are forgotten, several at a time so that
 * looking through the group pays. By key group, because those are the same at any parallelism;
 * which nodes go depends on the windows so far and on nothing else. Costs 8 bytes a node. Not safe
 * for concurrent use.
 */
final class Quotas {
  /** At least this part of the quota is forgotten at a time. */
  private static final int PART = 16;

  private final KeyGroups keyGroups;
  private final long declared;
  private final long quota;
  private final NodeStore store;
  private final StoredRecord view;

  /** By key group: keys of its nodes, and some of nodes that are gone. */
  private final KeyList[] keys;

  /** By key group: its nodes. */
  private final int[] nodes;

  /** By key group, during a call: new nodes of the window. */
  private final int[] fresh;

  /**
   * @param store where the nodes are; only read
   * @param view for the calls to come
   */
  Quotas(KeyGroups keyGroups, Retention retention, NodeStore store, StoredRecord view) {
    this.keyGroups = keyGroups;
    this.declared = retention.nodes();
    this.quota = retention.quota(keyGroups);
    this.store = store;
    this.view = view;
    this.keys = new KeyList[keyGroups.number()];
    this.nodes = new int[keyGroups.number()];
    this.fresh = new int[keyGroups.number()];
  }

  /** A node is new. */
  void added(long key) {
    int group = keyGroups.of(key);
    if (keys[group] == null) {
      keys[group] = new KeyList();
    }
    keys[group].add(key);
    nodes[group]++;
    if (keys[group].size() > 2 * quota + PART) {
      purge(keys[group]);
    }
  }

  /** A node has been removed. */
  void removed(long key) {
    nodes[keyGroups.of(key)]--;
  }

  /** Sorts a group's keys, and drops those that have no node. */
  private void purge(KeyList list) {
    list.sortDistinct();
    int kept = 0;
    for (int i = 0; i < list.size(); i++) {
      if (store.read(list.get(i), view)) {
        list.set(kept++, list.get(i));
      }
    }
    list.truncate(kept);
  }

  /**
   * Names the nodes that are to be removed before the records of a window are written: none of
   * those that take part in it.
   *
   * @throws TooManyNodesException if those that take part do not fit
   */
  void makeRoom(NewRecords window, Victim victim) {
    boolean full = false;
    for (int i = 0; i < window.size(); i++) {
      if (window.isNew(i)) {
        int group = keyGroups.of(window.addressed(i).partner());
        fresh[group]++;
        full |= nodes[group] + fresh[group] > quota;
      }
    }
    for (int group = 0; full && group < fresh.length; group++) {
      long excess = (long) nodes[group] + fresh[group] - quota;
      if (excess > 0 && fresh[group] > 0) {
        evict(group, excess, window, victim);
      }
    }
    Arrays.fill(fresh, 0);
  }

  private void evict(int group, long excess, NewRecords window, Victim victim) {
    KeyList list = keys[group] == null ? new KeyList() : keys[group];
    purge(list);
    long[] idle = new long[list.size()]; // keys, ascending
    long[] since = new long[list.size()];
    int found = 0;
    for (int i = 0; i < list.size(); i++) {
      if (!window.holds(list.get(i))) {
        store.read(list.get(i), view);
        idle[found] = list.get(i);
        since[found++] = view.tau();
      }
    }
    if (found < excess) {
      throw new TooManyNodesException(
          ("nodes of one window do not fit: raise nodes or shorten window; nodes=%d, of one key"
                  + " group=%d, taking part of key group %d=%d")
              .formatted(declared, quota, group, list.size() - found + fresh[group]),
          null);
    }
    int going = (int) Math.min(found, Math.max(excess, quota / PART));
    long[] sorted = Arrays.copyOf(since, found);
    Arrays.sort(sorted);
    long last = sorted[going - 1];
    int ofLast = 0; // how many go of those whose time is the last
    while (ofLast < going && sorted[going - 1 - ofLast] == last) {
      ofLast++;
    }
    for (int i = 0; i < found; i++) {
      if (since[i] < last) {
        victim.evict(idle[i]);
      } else if (since[i] == last && ofLast > 0) {
        victim.evict(idle[i]);
        ofLast--;
      }
    }
  }

  /** Removes a node. */
  @FunctionalInterface
  interface Victim {
    void evict(long key);
  }
}
