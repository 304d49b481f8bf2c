package io.kith.operators;

import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * {@link LastLists} in checkpoints: a key group's are one map, under one key of the group, as
 * {@link RecordState} has it. Not safe for concurrent use.
 */
final class LastListState {
  private static final MapStateDescriptor<Long, long[]> LISTS =
      new MapStateDescriptor<>(
          "last-lists", LongSerializer.INSTANCE, LongPrimitiveArraySerializer.INSTANCE);

  private final KeyedStateBackend<Long> backend;
  private final KeyGroups keyGroups;
  private final long[] mapKeys;
  private final LastLists lists;

  LastListState(KeyedStateBackend<Long> backend, KeyGroups keyGroups, LastLists lists) {
    this.backend = backend;
    this.keyGroups = keyGroups;
    this.mapKeys = keyGroups.keyOfEach();
    this.lists = lists;
  }

  /** Takes over what was restored, if anything was. */
  void initialize(int subtask) throws Exception {
    for (int group : keyGroups.rangeOf(subtask)) {
      backend.setCurrentKey(mapKeys[group]);
      for (Map.Entry<Long, long[]> entry : state().entries()) {
        lists.restore(entry.getKey(), entry.getValue());
      }
    }
  }

  /** Writes what has changed since the last time. */
  void save() throws Exception {
    for (long node : lists.changed()) {
      backend.setCurrentKey(mapKeys[keyGroups.of(node)]);
      long[] list = lists.save(node);
      if (list == null) {
        state().remove(node);
      } else {
        state().put(node, list);
      }
    }
    lists.changed().clear();
  }

  private MapState<Long, long[]> state() throws Exception {
    return backend.getPartitionedState(
        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, LISTS);
  }
}
