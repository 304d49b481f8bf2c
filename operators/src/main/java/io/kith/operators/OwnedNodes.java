package io.kith.operators;

import io.kith.state.KeyIndex;
import io.kith.state.NodeStore;
import io.kith.state.RecordFlyweight;
import java.util.HashSet;
import java.util.Set;

/**
 * The nodes of one subtask: their records, which of them changed since the last checkpoint, and
 * which have been targets, by key group. Read by Reader and Updater in turns, written by Updater
 * alone: see {@link NodeStore} for the rule.
 */
final class OwnedNodes {
  private static final KeyIndex NO_TARGETS = new KeyIndex();

  private final NodeStore store;
  private final KeyGroups keyGroups;
  private final KeyIndex[] targets;
  private final Set<Long> changed = new HashSet<>();

  OwnedNodes(NodeStore store, KeyGroups keyGroups) {
    this.store = store;
    this.keyGroups = keyGroups;
    this.targets = new KeyIndex[keyGroups.number()];
  }

  /** Points {@code into} at a node's record; false, and as it was, where there is none. */
  boolean read(long key, StoredRecord into) {
    return store.read(key, into);
  }

  /** Stores a new record. */
  void write(long key, StoredRecord record) {
    restore(key, record);
    changed.add(key);
  }

  /** Stores a record that a checkpoint has already. */
  void restore(long key, StoredRecord record) {
    store.write(key, record);
    if ((record.roles() & RecordFlyweight.TARGET) != 0) {
      int group = keyGroups.of(key);
      if (targets[group] == null) {
        targets[group] = new KeyIndex();
      }
      targets[group].add(key);
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
    changed.add(key);
    return true;
  }

  /** The nodes of a node's key group that have been targets; not to be changed. */
  KeyIndex targetsBeside(long key) {
    KeyIndex beside = targets[keyGroups.of(key)];
    return beside == null ? NO_TARGETS : beside;
  }

  /** Keys written or removed since they were last cleared; the caller clears them. */
  Set<Long> changed() {
    return changed;
  }

  NodeStore store() {
    return store;
  }
}
