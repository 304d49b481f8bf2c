package io.kith.operators;

import io.kith.state.RecordLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a window as they will be, with their nodes, until all are known and can be
 * written. Memory is used again from window to window. Not safe for concurrent use.
 */
final class NewRecords {
  /** Records whose memory is kept for the next window; a rare giant window gives its own back. */
  private static final int KEPT = 4096;

  private final RecordLayout layout;
  private final List<StoredRecord> records = new ArrayList<>();
  private final List<Half> last = new ArrayList<>();

  NewRecords(RecordLayout layout) {
    this.layout = layout;
  }

  /** A place for the next record, with anything in it. {@code half} names the node. */
  StoredRecord next(Half half) {
    if (last.size() == records.size()) {
      records.add(StoredRecord.blank(layout));
    }
    last.add(half);
    return records.get(last.size() - 1);
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

  void clear() {
    last.clear();
    if (records.size() > KEPT) {
      records.subList(KEPT, records.size()).clear();
    }
  }
}
