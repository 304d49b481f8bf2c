package io.kith.state;

import java.util.Arrays;

/**
 * A set of node keys that is filled, looked through and emptied: one array, no boxes. Not safe for
 * concurrent use.
 */
public final class KeySet {
  private static final int SMALLEST = 64;

  /** A slot is free where this stands; that key itself is kept apart. */
  private static final long FREE = 0;

  private long[] slots = new long[SMALLEST];
  private boolean hasFree;
  private int size;

  /** Adds a key; whether it is new. */
  public boolean add(long key) {
    if (key == FREE) {
      boolean isNew = !hasFree;
      hasFree = true;
      size += isNew ? 1 : 0;
      return isNew;
    }
    int at = slotOf(key);
    if (slots[at] == key) {
      return false;
    }
    slots[at] = key;
    size++;
    if (2 * size > slots.length) {
      grow();
    }
    return true;
  }

  /** Whether the key is in the set. */
  public boolean contains(long key) {
    return key == FREE ? hasFree : slots[slotOf(key)] == key;
  }

  /** Keys in the set. */
  public int size() {
    return size;
  }

  /** All keys, in no particular order. */
  public long[] toArray() {
    long[] keys = new long[size];
    int n = 0;
    if (hasFree) {
      keys[n++] = FREE;
    }
    for (long key : slots) {
      if (key != FREE) {
        keys[n++] = key;
      }
    }
    return keys;
  }

  /** Removes all keys. */
  public void clear() {
    if (size > 0) {
      Arrays.fill(slots, FREE);
      hasFree = false;
      size = 0;
    }
  }

  /** Where the key stands, or the free slot where it would. */
  private int slotOf(long key) {
    int mask = slots.length - 1;
    int at = (int) (key ^ key >>> 32) & mask; // keys are hashes already
    while (slots[at] != FREE && slots[at] != key) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long key : old) {
      if (key != FREE) {
        slots[slotOf(key)] = key;
      }
    }
  }
}
