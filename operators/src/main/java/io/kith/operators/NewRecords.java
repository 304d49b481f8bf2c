package io.kith.operators;

import io.kith.state.RecordLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The records of a window as they will be, with their nodes, until all are known and can be
 * written. Memory is used again from window to window. Not safe for concurrent use.
 */
final class NewRecords {
  private final Pool<StoredRecord> records;
  private final List<Half> last = new ArrayList<>();
  private final BitSet fresh = new BitSet();

  NewRecords(RecordLayout layout) {
    this.records = new Pool<>(() -> StoredRecord.blank(layout));
  }

  /**
   * The next record, as it was before. {@code half} names the node, whose key is greater than that
   * of the one before.
   */
  StoredRecord next(Half half, StoredRecord before) {
    fresh.set(last.size(), before.interactions() == 0);
    last.add(half);
    StoredRecord next = records.take();
    next.copyFrom(before);
    return next;
  }

  int size() {
    return last.size();
  }

  /** The i-th record. */
  StoredRecord record(int i) {
    return records.get(i);
  }

  /** A half-interaction addressed to the node of the i-th record. */
  Half addressed(int i) {
    return last.get(i);
  }

  /** Whether the node of the i-th record had none before. */
  boolean isNew(int i) {
    return fresh.get(i);
  }

  /** Whether there is a record of a node. */
  boolean holds(long node) {
    int from = 0;
    int to = last.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (last.get(middle).partner() < node) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from < last.size() && last.get(from).partner() == node;
  }

  void clear() {
    last.clear();
    records.clear();
  }
}
