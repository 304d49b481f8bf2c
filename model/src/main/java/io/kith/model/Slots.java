package io.kith.model;

/** Which slot of a record is a key's: MODEL.md, "Hashes". Any thread. */
final class Slots {
  static final int ABSENT = -1;

  private final int hop1Buckets;
  private final int hop2Buckets;
  private final int bucket;

  Slots(ModelSizes sizes) {
    bucket = sizes.bucket();
    hop1Buckets = sizes.hop1() / bucket;
    hop2Buckets = sizes.hop2() / bucket;
  }

  /** The hop-1 slot that holds a key, or {@link #ABSENT}. */
  int findHop1(NodeRecord record, long key) {
    int first = firstOfHop1(key);
    for (int i = first; i < first + bucket; i++) {
      if (record.hop1Key(i) == key) {
        return i;
      }
    }
    return ABSENT;
  }

  /** The same, given the keys of all hop-1 slots. */
  int findHop1(long[] keys, long key) {
    int first = firstOfHop1(key);
    for (int i = first; i < first + bucket; i++) {
      if (keys[i] == key) {
        return i;
      }
    }
    return ABSENT;
  }

  /** The hop-1 slot for a key: its own, else the first empty, else the first of the oldest. */
  int hop1(NodeRecord record, long key) {
    int first = firstOfHop1(key);
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

  /** The hop-2 slot for a key, by the same rule, given the keys and times of all hop-2 slots. */
  int hop2(long[] keys, long[] times, long key) {
    int first = NodeKey.bucket(key, 2, hop2Buckets) * bucket;
    int empty = ABSENT;
    int oldest = first;
    for (int i = first; i < first + bucket; i++) {
      if (keys[i] == key) {
        return i;
      }
      if (keys[i] == NodeKey.EMPTY && empty == ABSENT) {
        empty = i;
      }
      if (times[i] < times[oldest]) {
        oldest = i;
      }
    }
    return empty == ABSENT ? oldest : empty;
  }

  private int firstOfHop1(long key) {
    return NodeKey.bucket(key, 1, hop1Buckets) * bucket;
  }
}
