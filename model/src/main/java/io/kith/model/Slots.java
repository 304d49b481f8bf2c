package io.kith.model;

/** Which slot of a record is a key's: MODEL.md, "Hashes". Any thread. */
final class Slots {
  static final int ABSENT = -1;

  private final int hop1;
  private final int hop2;
  private final int bucket;

  Slots(ModelSizes sizes) {
    hop1 = sizes.hop1();
    hop2 = sizes.hop2();
    bucket = sizes.bucket();
  }

  /** The hop-1 slot that holds a key, or {@link #ABSENT}. */
  int findHop1(NodeRecord record, long key) {
    int first = NodeKey.bucket(key, 1, hop1, bucket);
    for (int i = first; i < first + bucket; i++) {
      if (record.hop1Key(i) == key) {
        return i;
      }
    }
    return ABSENT;
  }

  /** The hop-1 slot for a key: its own, else the first empty, else the first of the oldest. */
  int hop1(NodeRecord record, long key) {
    int first = NodeKey.bucket(key, 1, hop1, bucket);
    int empty = ABSENT;
    int oldest = first;
    for (int i = first; i < first + bucket; i++) {
      long held = record.hop1Key(i);
      if (held == key) {
        return i;
      }
      if (held == NodeKey.EMPTY && empty == ABSENT) {
        empty = i;
      }
      if (record.hop1Time(i) < record.hop1Time(oldest)) {
        oldest = i;
      }
    }
    return empty == ABSENT ? oldest : empty;
  }

  /** The hop-2 slot for a key, by the same rule. */
  int hop2(NodeRecord record, long key) {
    int first = NodeKey.bucket(key, 2, hop2, bucket);
    int empty = ABSENT;
    int oldest = first;
    for (int i = first; i < first + bucket; i++) {
      long held = record.hop2Key(i);
      if (held == key) {
        return i;
      }
      if (held == NodeKey.EMPTY && empty == ABSENT) {
        empty = i;
      }
      if (record.hop2Time(i) < record.hop2Time(oldest)) {
        oldest = i;
      }
    }
    return empty == ABSENT ? oldest : empty;
  }
}
