package io.kith.operators;

import java.util.Arrays;

/**
 * For the nodes of a Reader, the last window sent that changes their record, as long as one of the
 * windows sent may not be applied. Who takes part in no such window has the record that is in the
 * store. Not safe for concurrent use.
 */
final class Unapplied {
  /** No window sent changes the node. */
  static final long NONE = Long.MIN_VALUE;

  private static final int SMALLEST = 64;

  private long[] keys = new long[SMALLEST];
  private long[] windows = filled(SMALLEST);
  private int size;
  private long last = NONE;
  private long open = NONE;

  private static long[] filled(int length) {
    long[] windows = new long[length];
    Arrays.fill(windows, NONE);
    return windows;
  }

  /** Notes that a window has been sent that changes a node; windows never go back. */
  void sent(long key, long window) {
    last = window;
    int at = slotOf(key);
    if (windows[at] == NONE) {
      keys[at] = key;
      size++;
    }
    windows[at] = window;
    if (2 * size > keys.length) {
      makeRoom();
    }
  }

  /** The last window sent that changes a node, or {@link #NONE}. */
  long lastOf(long key) {
    return windows[slotOf(key)];
  }

  /** Notes that all windows before {@code open} are applied. */
  void applied(long open) {
    this.open = open;
    if (size > 0 && last < open) {
      Arrays.fill(windows, NONE);
      size = 0;
    }
  }

  private int slotOf(long key) {
    int mask = keys.length - 1;
    int at = (int) (key ^ key >>> 32) & mask; // keys are hashes already
    while (windows[at] != NONE && keys[at] != key) {
      at = at + 1 & mask;
    }
    return at;
  }

  /** Drops what is applied; where more than half of it is not, there is room for twice as many. */
  private void makeRoom() {
    long[] oldKeys = keys;
    long[] oldWindows = windows;
    int length = 4 * unapplied() > keys.length ? 2 * keys.length : keys.length;
    keys = new long[length];
    windows = filled(length);
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldWindows[i] != NONE && oldWindows[i] >= open) {
        int at = slotOf(oldKeys[i]);
        keys[at] = oldKeys[i];
        windows[at] = oldWindows[i];
        size++;
      }
    }
  }

  private int unapplied() {
    int unapplied = 0;
    for (long window : windows) {
      if (window != NONE && window >= open) {
        unapplied++;
      }
    }
    return unapplied;
  }
}
