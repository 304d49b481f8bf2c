package io.kith.operators;

import io.kith.state.NodeStore;
import java.util.TreeMap;

/**
 * Finds the nodes whose last interaction is a time to live ago. A node with its last interaction at
 * {@code tau} is due at {@code tau + ttl}, rounded up to a multiple of a width of whole windows: so
 * whether it is due when a window starts depends on those two times alone.
 *
 * <p>Each node stands in the bucket of when it may be due. An interaction does not move it: when
 * its bucket is due, the time of its last interaction is looked at, and it is forgotten or put into
 * a later one. Costs 8 bytes a node. Not safe for concurrent use.
 */
final class Expiry {
  /** Buckets of a time to live: a node is forgotten at most one of them too late. */
  private static final int BUCKETS = 64;

  /** Entries of nodes that are gone or entered twice, besides as many as nodes, before a purge. */
  private static final int SPARE = 1_024;

  private final Windows windows;
  private final long ttl;
  private final long width;
  private final NodeStore store;
  private final StoredRecord view;
  private final TreeMap<Long, KeyList> buckets = new TreeMap<>();
  private long entries;

  /**
   * @param ttl ms, at least 1
   * @param store where the nodes are; only read
   * @param view for the calls to come
   */
  Expiry(Windows windows, long ttl, NodeStore store, StoredRecord view) {
    this.windows = windows;
    this.ttl = ttl;
    this.width = width(ttl, windows.length());
    this.store = store;
    this.view = view;
  }

  /** Time that a bucket is wide, ms: a 64th of the time to live, in whole windows. */
  static long width(long ttl, long window) {
    long unit = Math.max(1, window);
    long least = (ttl - 1) / BUCKETS + 1;
    return ((least - 1) / unit + 1) * unit;
  }

  /** A node is new, with its first interaction at {@code tau}. */
  void added(long key, long tau) {
    enter(key, tau);
    if (entries > 2 * store.size() + SPARE) {
      buckets.clear();
      entries = 0;
      store.forEach(view, (each, record) -> enter(each, record.tau()));
    }
  }

  private void enter(long key, long tau) {
    buckets.computeIfAbsent(bucketOf(tau), number -> new KeyList()).add(key);
    entries++;
  }

  /** Number of the bucket: the least multiple of the width that is not before tau + ttl. */
  private long bucketOf(long tau) {
    long due = tau > Long.MAX_VALUE - ttl ? Long.MAX_VALUE : tau + ttl;
    long number = Math.floorDiv(due, width);
    return Math.floorMod(due, width) == 0 ? number : number + 1;
  }

  /** Nodes entered, some perhaps twice or gone by now. */
  long entries() {
    return entries;
  }

  /** Shows every node that is due when a window starts, once, to be removed. */
  void due(long window, Due due) {
    long last = Math.floorDiv(windows.start(window), width);
    while (!buckets.isEmpty() && buckets.firstKey() <= last) {
      KeyList keys = buckets.pollFirstEntry().getValue();
      entries -= keys.size();
      for (int i = 0; i < keys.size(); i++) {
        long key = keys.get(i);
        if (!store.read(key, view)) {
          continue; // removed for another reason
        }
        if (bucketOf(view.tau()) > last) {
          enter(key, view.tau());
        } else {
          due.expire(key);
        }
      }
    }
  }

  /** Removes a node. */
  @FunctionalInterface
  interface Due {
    void expire(long key);
  }
}
