package io.kith.operators;

import io.kith.state.RecordLayout;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * The records as Flink keeps them: keyed state, the truth from which the store is rebuilt. What
 * changed since the last checkpoint is written at the barrier, once however often it changed, so
 * the pause follows the number of nodes changed. Not safe for concurrent use.
 */
final class RecordState {
  private static final int VERSION = 1;

  private static final ValueStateDescriptor<byte[]> RECORDS =
      new ValueStateDescriptor<>("records", BytePrimitiveArraySerializer.INSTANCE);

  /** One text, from subtask 0: what the state was written for. */
  private static final ListStateDescriptor<String> FORMAT =
      new ListStateDescriptor<>("format", StringSerializer.INSTANCE);

  private final KeyedStateBackend<Long> backend;
  private final RecordLayout layout;
  private final String format;

  RecordState(KeyedStateBackend<Long> backend, RecordLayout layout, Windows windows) {
    this.backend = backend;
    this.layout = layout;
    this.format =
        "state=%d, window=%d ms, record=[%s]".formatted(VERSION, windows.length(), layout);
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
    StoredRecord view = new StoredRecord(layout);
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        RECORDS,
        (key, state) -> {
          view.wrap(state.value(), 0);
          nodes.restore(key, view);
        });
  }

  /** Writes the records that have changed since the last time, and clears those removed. */
  void save(OwnedNodes nodes) throws Exception {
    ValueState<byte[]> state =
        backend.getPartitionedState(
            VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, RECORDS);
    StoredRecord view = new StoredRecord(layout);
    for (long key : nodes.changed()) {
      backend.setCurrentKey(key);
      if (nodes.read(key, view)) {
        byte[] bytes = new byte[layout.length()];
        view.copyTo(bytes, 0);
        state.update(bytes);
      } else {
        state.clear();
      }
    }
    nodes.changed().clear();
  }
}
