package io.kith.state;

import java.util.Arrays;

/**
 * A sorted set of node keys, read by position: to choose a node by a hash, {@code get(hash mod
 * size)}. What stands where depends on the set alone, not on the order in which it was filled.
 *
 * <p>Insertion and removal move what lies behind: meant for the nodes of one key group. Not safe
 * for concurrent use.
 */
public final class KeyIndex {
  private static final int SMALLEST = 16;

  private long[] keys = new long[SMALLEST];
  private int size;

  /** Adds a key; whether it is new. */
  public boolean add(long key) {
    int found = Arrays.binarySearch(keys, 0, size, key);
    if (found >= 0) {
      return false;
    }
    int at = -found - 1;
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size + (size >> 1));
    }
    System.arraycopy(keys, at, keys, at + 1, size - at);
    keys[at] = key;
    size++;
    return true;
  }

  /** Removes a key; whether it was there. */
  public boolean remove(long key) {
    int found = Arrays.binarySearch(keys, 0, size, key);
    if (found < 0) {
      return false;
    }
    System.arraycopy(keys, found + 1, keys, found, size - found - 1);
    size--;
    return true;
  }

  /** Whether the key is in the set. */
  public boolean contains(long key) {
    return Arrays.binarySearch(keys, 0, size, key) >= 0;
  }

  /** Keys in the set. */
  public int size() {
    return size;
  }

  /**
   * The key with {@code at} smaller ones, compared as signed.
   *
   * @throws IndexOutOfBoundsException when there are not so many
   */
  public long get(int at) {
    if (at < 0 || at >= size) {
      throw new IndexOutOfBoundsException("no such key: at=" + at + ", size=" + size);
    }
    return keys[at];
  }
}
