package io.kith.model.evaluate;

import io.kith.model.NodeKey;
import java.util.Arrays;

/**
 * Newest time of each ordered pair of nodes: open addressing over two arrays, half full at most.
 * Grows with the number of distinct pairs. Not safe for concurrent use.
 */
final class PairTimes {
  private static final long EMPTY = -1;

  private long[] pairs = new long[1 << 10];
  private long[] times = new long[1 << 10];
  private int size;

  PairTimes() {
    Arrays.fill(pairs, EMPTY);
  }

  boolean contains(int u, int v) {
    return pairs[place(pair(u, v))] != EMPTY;
  }

  /** The newest time of a pair, ms, or {@code none} if it has not been seen. */
  long newest(int u, int v, long none) {
    int at = place(pair(u, v));
    return pairs[at] == EMPTY ? none : times[at];
  }

  void put(int u, int v, long time) {
    int at = place(pair(u, v));
    if (pairs[at] != EMPTY) {
      times[at] = Math.max(times[at], time);
      return;
    }
    pairs[at] = pair(u, v);
    times[at] = time;
    size++;
    if (2 * size > pairs.length) {
      grow();
    }
  }

  private void grow() {
    long[] oldPairs = pairs;
    long[] oldTimes = times;
    pairs = new long[2 * oldPairs.length];
    times = new long[2 * oldPairs.length];
    Arrays.fill(pairs, EMPTY);
    for (int i = 0; i < oldPairs.length; i++) {
      if (oldPairs[i] != EMPTY) {
        int at = place(oldPairs[i]);
        pairs[at] = oldPairs[i];
        times[at] = oldTimes[i];
      }
    }
  }

  private int place(long pair) {
    int mask = pairs.length - 1;
    int at = (int) (NodeKey.mix(pair) & mask);
    while (pairs[at] != EMPTY && pairs[at] != pair) {
      at = at + 1 & mask;
    }
    return at;
  }

  private static long pair(int u, int v) {
    return (long) u << 32 | v;
  }
}
