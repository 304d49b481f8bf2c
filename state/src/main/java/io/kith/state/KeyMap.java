package io.kith.state;

import java.util.Arrays;

/**
 * A map from node keys to values: two arrays, no boxes, so that nothing is allocated but when it
 * grows. Open addressing with linear probing; what is removed leaves no gap (Knuth, The Art of
 * Computer Programming 3, 6.4, Algorithm R). Not safe for concurrent use.
 */
public final class KeyMap<V> {
  private static final int SMALLEST = 64;

  private long[] keys = new long[SMALLEST];

  /** A slot is free where null stands. */
  private Object[] values = new Object[SMALLEST];

  private int size;

  /** Takes an entry. */
  @FunctionalInterface
  public interface Visitor<V> {
    void visit(long key, V value);
  }

  /** The value of a key, or null. */
  public V get(long key) {
    return valueAt(slotOf(key));
  }

  /** Gives a key a value, not null, in place of any that it had. */
  public void put(long key, V value) {
    int at = slotOf(key);
    if (values[at] == null) {
      size++;
    }
    keys[at] = key;
    values[at] = value;
    if (2 * size > keys.length) {
      grow();
    }
  }

  /** Removes a key; its value, or null where it had none. */
  public V remove(long key) {
    int gap = slotOf(key);
    V removed = valueAt(gap);
    if (removed == null) {
      return null;
    }
    size--;
    int mask = keys.length - 1;
    for (int at = gap + 1 & mask; values[at] != null; at = at + 1 & mask) {
      int home = homeOf(keys[at]);
      if ((at - home & mask) >= (at - gap & mask)) { // else it would not be found in the gap
        keys[gap] = keys[at];
        values[gap] = values[at];
        gap = at;
      }
    }
    values[gap] = null;
    return removed;
  }

  /** Keys in the map. */
  public int size() {
    return size;
  }

  /** Shows all entries, in no particular order; the map must stay as it is meanwhile. */
  public void forEach(Visitor<? super V> visitor) {
    for (int at = 0; at < keys.length; at++) {
      if (values[at] != null) {
        visitor.visit(keys[at], valueAt(at));
      }
    }
  }

  /** Removes all keys. */
  public void clear() {
    if (size > 0) {
      Arrays.fill(values, null);
      size = 0;
    }
  }

  @SuppressWarnings("unchecked") // put() alone writes
  private V valueAt(int slot) {
    return (V) values[slot];
  }

  private int homeOf(long key) {
    return (int) (key ^ key >>> 32) & keys.length - 1; // keys are hashes already
  }

  /** Where the key stands, or the free slot where it would. */
  private int slotOf(long key) {
    int at = homeOf(key);
    while (values[at] != null && keys[at] != key) {
      at = at + 1 & keys.length - 1;
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    Object[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = new Object[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        int at = slotOf(oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }
}
