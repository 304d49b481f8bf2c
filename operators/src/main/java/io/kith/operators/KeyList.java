package io.kith.operators;

import java.util.Arrays;

/** Keys in a row, without boxes. Not safe for concurrent use. */
final class KeyList {
  private static final int SMALLEST = 8;

  private long[] keys = new long[SMALLEST];
  private int size;

  void add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size + (size >> 1));
    }
    keys[size++] = key;
  }

  int size() {
    return size;
  }

  /** The key at a place that has one. */
  long get(int at) {
    return keys[at];
  }

  /** Sorts them as signed numbers and drops repeats. */
  void sortDistinct() {
    Arrays.sort(keys, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || keys[kept - 1] != keys[i]) {
        keys[kept++] = keys[i];
      }
    }
    size = kept;
  }

  /** Drops all from a place on; gives memory back where little is left. */
  void truncate(int length) {
    size = length;
    if (keys.length > SMALLEST && size < keys.length / 4) {
      keys = Arrays.copyOf(keys, Math.max(SMALLEST, 2 * size));
    }
  }

  /** Puts a key in the place of another. */
  void set(int at, long key) {
    keys[at] = key;
  }
}
