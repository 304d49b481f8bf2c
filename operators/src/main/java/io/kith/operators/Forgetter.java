package io.kith.operators;

import io.kith.model.NodeKey;
import io.kith.state.KeyIndex;
import io.kith.state.RecordLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets nodes of one subtask's store: removes their records, and empties every slot of every
 * other record that holds one of their keys. One sweep over the store, however many nodes; it reads
 * all keys, and writes the records that held one. Not safe for concurrent use.
 */
final class Forgetter {
  private final OwnedNodes nodes;
  private final RecordLayout layout;
  private final StoredRecord view;
  private final StoredRecord emptied;
  private final float[] nothing;

  Forgetter(OwnedNodes nodes, RecordLayout layout) {
    this.nodes = nodes;
    this.layout = layout;
    this.view = new StoredRecord(layout);
    this.emptied = StoredRecord.blank(layout);
    this.nothing = new float[layout.neighbourDim()];
  }

  /** Forgets these nodes; how many other records held any of their keys. */
  int forget(KeyIndex forgotten) {
    for (int i = 0; i < forgotten.size(); i++) {
      nodes.remove(forgotten.get(i));
    }
    List<Long> holders = new ArrayList<>();
    nodes
        .store()
        .forEach(
            view,
            (key, record) -> {
              if (holds(record, forgotten)) {
                holders.add(key);
              }
            });
    for (long holder : holders) {
      nodes.read(holder, view);
      emptied.copyFrom(view);
      empty(emptied, forgotten);
      nodes.write(holder, emptied);
    }
    return holders.size();
  }

  private boolean holds(StoredRecord record, KeyIndex forgotten) {
    for (int slot = 0; slot < layout.hop1Slots(); slot++) {
      if (forgotten.contains(record.hop1Key(slot))) {
        return true;
      }
    }
    for (int slot = 0; slot < layout.hop2Slots(); slot++) {
      if (forgotten.contains(record.hop2Key(slot))) {
        return true;
      }
    }
    return false;
  }

  private void empty(StoredRecord record, KeyIndex forgotten) {
    for (int slot = 0; slot < layout.hop1Slots(); slot++) {
      if (forgotten.contains(record.hop1Key(slot))) {
        record.hop1Key(slot, NodeKey.EMPTY);
        record.hop1Time(slot, 0);
        record.hop1Count(slot, 0);
        record.hop1Direction(slot, 0);
        for (int scale = 0; scale < layout.pairScales(); scale++) {
          record.hop1Pair(slot, scale, 0);
        }
        record.writeHop1(slot, nothing, 0);
      }
    }
    for (int slot = 0; slot < layout.hop2Slots(); slot++) {
      if (forgotten.contains(record.hop2Key(slot))) {
        record.hop2Key(slot, NodeKey.EMPTY);
        record.hop2Time(slot, 0);
        record.writeHop2(slot, nothing, 0);
      }
    }
  }
}
