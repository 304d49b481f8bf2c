package io.kith.operators;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * {@link Popularity} in checkpoints: of owned nodes by key group, and what all subtasks know alike,
 * once. Not safe for concurrent use.
 */
final class PopularState {
  private static final ValueStateDescriptor<long[]> OWNED =
      new ValueStateDescriptor<>("popular", LongPrimitiveArraySerializer.INSTANCE);

  /** From subtask 0; all get it at restore. */
  private static final ListStateDescriptor<long[]> ALL =
      new ListStateDescriptor<>("popular-of-all", LongPrimitiveArraySerializer.INSTANCE);

  private final KeyedStateBackend<Long> backend;
  private final long[] groupKeys;
  private final int subtask;
  private final Popularity popularity;
  private ListState<long[]> all;

  PopularState(
      KeyedStateBackend<Long> backend, KeyGroups keyGroups, int subtask, Popularity popularity) {
    this.backend = backend;
    this.groupKeys = keyGroups.keyOfEach();
    this.subtask = subtask;
    this.popularity = popularity;
  }

  /** Takes over what was restored, if anything was. */
  void initialize(StateInitializationContext context, KeyGroups keyGroups) throws Exception {
    all = context.getOperatorStateStore().getUnionListState(ALL);
    for (long[] saved : all.get()) {
      popularity.restoreAll(saved);
    }
    if (!context.isRestored()) {
      return;
    }
    for (int group : keyGroups.rangeOf(subtask)) {
      backend.setCurrentKey(groupKeys[group]);
      long[] saved = state().value();
      if (saved != null) {
        popularity.restoreGroup(group, saved);
      }
    }
  }

  /** Writes what has changed since the last time. */
  void save() throws Exception {
    all.clear();
    if (subtask == 0 && popularity.wanted()) {
      all.add(popularity.saveAll());
    }
    for (int group : popularity.changed()) {
      backend.setCurrentKey(groupKeys[group]);
      state().update(popularity.saveGroup(group));
    }
    popularity.changed().clear();
  }

  private ValueState<long[]> state() throws Exception {
    return backend.getPartitionedState(
        VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, OWNED);
  }
}
