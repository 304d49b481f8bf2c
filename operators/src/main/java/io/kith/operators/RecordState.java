package io.kith.operators;

import io.kith.state.RecordLayout;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * The records as Flink keeps them: keyed state, the truth from which the store is rebuilt. What
 * changed since the last checkpoint is written at the barrier, once however often it changed, so
 * the pause follows the number of nodes changed.
 *
 * <p>A key group's records are one map, under one key of the group: a map is read back in one pass
 * over the backend's files, where a value for each node would have to be looked up. Not safe for
 * concurrent use.
 */
final class RecordState {
  private static final int VERSION = 4;

  private static final MapStateDescriptor<Long, byte[]> RECORDS =
      new MapStateDescriptor<>(
          "records", LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);

  /** The ids of the same nodes, as far as they are known. */
  private static final MapStateDescriptor<Long, String> IDS =
      new MapStateDescriptor<>("ids", LongSerializer.INSTANCE, StringSerializer.INSTANCE);

  /** One text, from subtask 0: what the state was written for. */
  private static final ListStateDescriptor<String> FORMAT =
      new ListStateDescriptor<>("format", StringSerializer.INSTANCE);

  private final KeyedStateBackend<Long> backend;
  private final RecordLayout layout;
  private final String format;
  private final KeyGroups keyGroups;
  private final long[] mapKeys;

  /** Ids of nodes that are new since the last checkpoint. */
  private final Map<Long, String> newIds = new HashMap<>();

  RecordState(
      KeyedStateBackend<Long> backend, RecordLayout layout, Windows windows, KeyGroups keyGroups) {
    this.backend = backend;
    this.layout = layout;
    this.format =
        "state=%d, window=%d ms, record=[%s]".formatted(VERSION, windows.length(), layout);
    this.keyGroups = keyGroups;
    this.mapKeys = keyGroups.keyOfEach();
  }

  /**
   * Fills the nodes from what was restored, if anything was.
   *
   * @throws IllegalStateException if the state was written for another version, window or record
   */
  void initialize(OperatorStateStore operatorState, int subtask, OwnedNodes nodes)
      throws Exception {
    ListState<String> formats = operatorState.getListState(FORMAT);
    for (String found : formats.get()) {
      if (!found.equals(format)) {
        throw new IllegalStateException(
            "state of another kind; start with the settings and the version it was written by:"
                + " found: "
                + found
                + "; expected: "
                + format);
      }
    }
    formats.clear();
    if (subtask == 0) {
      formats.add(format);
    }
    MapState<Long, byte[]> state = state();
    StoredRecord view = new StoredRecord(layout);
    for (int group : keyGroups.rangeOf(subtask)) {
      backend.setCurrentKey(mapKeys[group]);
      for (Map.Entry<Long, byte[]> entry : state.entries()) {
        view.wrap(entry.getValue(), 0);
        nodes.restore(entry.getKey(), view);
      }
    }
  }

  /** Writes the records that have changed since the last time, and clears those removed. */
  void save(OwnedNodes nodes) throws Exception {
    MapState<Long, byte[]> state = state();
    MapState<Long, String> ids = ids();
    StoredRecord view = new StoredRecord(layout);
    for (long key : nodes.changed().toArray()) {
      backend.setCurrentKey(mapKeys[keyGroups.of(key)]);
      if (nodes.read(key, view)) {
        byte[] bytes = new byte[layout.length()];
        view.copyTo(bytes, 0);
        state.put(key, bytes);
      } else {
        state.remove(key);
        ids.remove(key);
      }
    }
    nodes.changed().clear();
    for (Map.Entry<Long, String> named : newIds.entrySet()) {
      backend.setCurrentKey(mapKeys[keyGroups.of(named.getKey())]);
      if (nodes.read(named.getKey(), view)) {
        ids.put(named.getKey(), named.getValue());
      }
    }
    newIds.clear();
  }

  /** Notes the id of a node that is new. */
  void name(long key, String id) {
    newIds.put(key, id);
  }

  /** The id of a node whose record is there. */
  String idOf(long key) {
    String id = newIds.get(key);
    if (id != null) {
      return id;
    }
    backend.setCurrentKey(mapKeys[keyGroups.of(key)]);
    try {
      return ids().get(key);
    } catch (Exception e) {
      throw new IllegalStateException("id cannot be read: key=" + key, e);
    }
  }

  private MapState<Long, String> ids() throws Exception {
    return backend.getPartitionedState(
        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, IDS);
  }

  private MapState<Long, byte[]> state() throws Exception {
    return backend.getPartitionedState(
        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, RECORDS);
  }
}
