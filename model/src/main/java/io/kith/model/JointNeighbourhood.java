package io.kith.model;

import java.util.Arrays;

/**
 * The joint neighbourhood of two nodes: the union of the keys in hops 0, 1 and 2 of either, each
 * with a 6-bit distance code (bit {@code h}: in hop h of u; bit {@code 3 + h}: in hop h of v). The
 * join of two dictionaries, after Luo and Li 2022, section 4. Built in place again and again; not
 * safe for concurrent use.
 */
public final class JointNeighbourhood {
  private static final int DIRECT_OF_BOTH = 1 << 1 | 1 << 4;

  private final int hop1;
  private final int hop2;

  /** Open addressing; an entry counts only if its stamp is that of the current join. */
  private final int mask;

  private final int[] stampAt;
  private final int[] entryAt;
  private int stamp;

  private int size;
  private final long[] key;
  private final int[] code;
  private final long[] newest;
  private final boolean[] timed;

  JointNeighbourhood(ModelSizes sizes) {
    hop1 = sizes.hop1();
    hop2 = sizes.hop2();
    int most = 2 * (1 + hop1 + hop2);
    int table = Integer.highestOneBit(most) * 4;
    mask = table - 1;
    stampAt = new int[table];
    entryAt = new int[table];
    key = new long[most];
    code = new int[most];
    newest = new long[most];
    timed = new boolean[most];
  }

  /** Joins the records of two nodes. */
  void join(long u, NodeRecord ofU, long v, NodeRecord ofV) {
    size = 0;
    if (++stamp == 0) {
      Arrays.fill(stampAt, 0);
      stamp = 1;
    }
    addSide(0, u, ofU);
    addSide(3, v, ofV);
  }

  private void addSide(int side, long node, NodeRecord record) {
    int own = entry(node);
    code[own] |= 1 << side;
    if (record.interactions() > 0) {
      seen(own, record.tau());
    }
    for (int i = 0; i < hop1; i++) {
      long held = record.hop1Key(i);
      if (held != NodeKey.EMPTY) {
        int e = entry(held);
        code[e] |= 1 << (side + 1);
        seen(e, record.hop1Time(i));
      }
    }
    for (int i = 0; i < hop2; i++) {
      long held = record.hop2Key(i);
      if (held != NodeKey.EMPTY) {
        int e = entry(held);
        code[e] |= 1 << (side + 2);
        seen(e, record.hop2Time(i));
      }
    }
  }

  private int entry(long wanted) {
    int at = (int) NodeKey.mix(wanted) & mask;
    while (stampAt[at] == stamp) {
      if (key[entryAt[at]] == wanted) {
        return entryAt[at];
      }
      at = at + 1 & mask;
    }
    stampAt[at] = stamp;
    entryAt[at] = size;
    key[size] = wanted;
    code[size] = 0;
    timed[size] = false;
    return size++;
  }

  private void seen(int entry, long t) {
    newest[entry] = timed[entry] ? Math.max(newest[entry], t) : t;
    timed[entry] = true;
  }

  /** Keys in the joint neighbourhood. Entries stand in the order in which they were met. */
  public int size() {
    return size;
  }

  long key(int entry) {
    return key[entry];
  }

  /** Distance code of an entry, 6 bits. */
  public int code(int entry) {
    return code[entry];
  }

  /** Whether any hop of either side has a time for that key. */
  public boolean timed(int entry) {
    return timed[entry];
  }

  /** Newest time stored with that key on either side, ms. */
  public long newest(int entry) {
    return newest[entry];
  }

  /** Direct partners of both nodes that either N-cache still holds. */
  int sharedNeighbours() {
    int shared = 0;
    for (int e = 0; e < size; e++) {
      if ((code[e] & DIRECT_OF_BOTH) == DIRECT_OF_BOTH) {
        shared++;
      }
    }
    return shared;
  }
}
