package io.kith.operators;

import io.kith.state.KeyIndex;
import io.kith.state.KeySet;
import io.kith.state.NodeStore;
import io.kith.state.RecordFlyweight;
import io.kith.state.RecordLayout;
import io.kith.state.StoreFullException;

/**
 * The nodes of one subtask: their records, which of them changed since the last checkpoint, which
 * have been targets, by key group, and which are to be forgotten, and when. Read by Reader and
 * Updater in turns, written by Updater alone: see {@link NodeStore} for the rule.
 */
final class OwnedNodes {
  private static final KeyIndex NO_TARGETS = new KeyIndex();

  private final NodeStore store;
  private final KeyGroups keyGroups;
  private final KeyIndex[] targets;
  private final KeySet changed = new KeySet();
  private final Retention retention;

  /** Null where nodes never expire. */
  private final Expiry expiry;

  /** Null where nodes are not forgotten to make room. */
  private final Quotas quotas;

  private long expired;
  private long evicted;

  /** Nodes that are kept for good. */
  OwnedNodes(NodeStore store, KeyGroups keyGroups) {
    this(store, keyGroups, Retention.ofAll(store.capacity()), null, null);
  }

  private OwnedNodes(
      NodeStore store, KeyGroups keyGroups, Retention retention, Expiry expiry, Quotas quotas) {
    this.store = store;
    this.keyGroups = keyGroups;
    this.targets = new KeyIndex[keyGroups.number()];
    this.retention = retention;
    this.expiry = expiry;
    this.quotas = quotas;
  }

  /** Nodes that are kept as {@code retention} says. */
  static OwnedNodes keeping(
      Retention retention,
      NodeStore store,
      RecordLayout layout,
      KeyGroups keyGroups,
      Windows windows) {
    StoredRecord view = new StoredRecord(layout);
    return new OwnedNodes(
        store,
        keyGroups,
        retention,
        retention.ttl() == 0 ? null : new Expiry(windows, retention.ttl(), store, view),
        retention.evicts() ? new Quotas(keyGroups, retention, store, view) : null);
  }

  /** Points {@code into} at a node's record; false, and as it was, where there is none. */
  boolean read(long key, StoredRecord into) {
    return store.read(key, into);
  }

  /**
   * Stores a new record; whether the node is new as well.
   *
   * @throws TooManyNodesException if there is no room for another node
   */
  boolean write(long key, StoredRecord record) {
    boolean added = restore(key, record);
    changed.add(key);
    return added;
  }

  /** Stores a record that a checkpoint has already; whether the node is new here. */
  boolean restore(long key, StoredRecord record) {
    long before = store.size();
    try {
      store.write(key, record);
    } catch (StoreFullException e) {
      throw new TooManyNodesException(
          "more nodes than fit: raise nodes, or have some forgotten by when-full or node-ttl; nodes=%d, of this subtask=%d, when-full=%s"
              .formatted(retention.nodes(), store.capacity(), retention.whenFull()),
          e);
    }
    boolean isNew = store.size() > before;
    if (isNew) {
      added(key, record.tau());
    }
    if ((record.roles() & RecordFlyweight.TARGET) != 0) {
      int group = keyGroups.of(key);
      if (targets[group] == null) {
        targets[group] = new KeyIndex();
      }
      targets[group].add(key);
    }
    return isNew;
  }

  private void added(long key, long tau) {
    if (expiry != null) {
      expiry.added(key, tau);
    }
    if (quotas != null) {
      quotas.added(key);
    }
  }

  /** Forgets the nodes whose time to live is over when a window starts. */
  void expire(long window) {
    if (expiry != null) {
      expiry.due(
          window,
          key -> {
            remove(key);
            expired++;
          });
    }
  }

  /**
   * Forgets nodes so that the records of a window can be written, where that is wanted.
   *
   * @throws TooManyNodesException if the nodes of the window alone are too many
   */
  void makeRoom(NewRecords window) {
    if (quotas != null) {
      quotas.makeRoom(
          window,
          key -> {
            remove(key);
            evicted++;
          });
    }
  }

  /** Forgets a node: its record, and that it has been a target. Whether there was a record. */
  boolean remove(long key) {
    if (!store.remove(key)) {
      return false;
    }
    KeyIndex beside = targets[keyGroups.of(key)];
    if (beside != null) {
      beside.remove(key);
    }
    if (quotas != null) {
      quotas.removed(key);
    }
    changed.add(key);
    return true;
  }

  /** The nodes of a node's key group that have been targets; not to be changed. */
  KeyIndex targetsBeside(long key) {
    KeyIndex beside = targets[keyGroups.of(key)];
    return beside == null ? NO_TARGETS : beside;
  }

  /** Keys written or removed since they were last cleared; the caller clears them. */
  KeySet changed() {
    return changed;
  }

  /** Nodes forgotten so far because their time to live was over. */
  long expired() {
    return expired;
  }

  /** Nodes forgotten so far to make room. */
  long evicted() {
    return evicted;
  }

  NodeStore store() {
    return store;
  }
}
