package io.kith.model;

import java.util.Arrays;

/**
 * The joint neighbourhood of two nodes: the union of the keys in hops 0, 1 and 2 of either, each
 * with a 6-bit distance code (bit {@code h}: in hop h of u; bit {@code 3 + h}: in hop h of v). The
 * join of two dictionaries, after Luo and Li 2022, section 4. The side of u is entered once and
 * kept for one v after another. Not safe for concurrent use.
 */
public final class JointNeighbourhood {
  private static final int DIRECT_OF_BOTH = 1 << 1 | 1 << 4;
  private static final int OF_SOURCE = 0;
  private static final int OF_TARGET = 3;

  /** Open addressing: an entry's number and 1, or 0. At most half full. */
  private final int[] table;

  private final int shift;
  private final int mask;

  private int size;
  private final long[] key;
  private final int[] code;
  private final long[] newest;
  private final boolean[] timed;

  /** As things stood before the first v. */
  private final int[] sourceTable;

  private final int[] sourceCode;
  private final long[] sourceNewest;
  private final boolean[] sourceTimed;
  private int sourceSize;

  JointNeighbourhood(ModelSizes sizes) {
    int most = 2 * (1 + sizes.hop1() + sizes.hop2());
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(most) + 1;
    table = new int[1 << bits];
    shift = Long.SIZE - bits;
    mask = table.length - 1;
    key = new long[most];
    code = new int[most];
    newest = new long[most];
    timed = new boolean[most];
    sourceTable = new int[table.length];
    sourceCode = new int[most];
    sourceNewest = new long[most];
    sourceTimed = new boolean[most];
  }

  /** Enters u: what was entered before is gone. */
  void source(NodeSide u) {
    size = 0;
    Arrays.fill(table, 0);
    add(OF_SOURCE, u);
    sourceSize = size;
    System.arraycopy(table, 0, sourceTable, 0, table.length);
    System.arraycopy(code, 0, sourceCode, 0, size);
    System.arraycopy(newest, 0, sourceNewest, 0, size);
    System.arraycopy(timed, 0, sourceTimed, 0, size);
  }

  /** Enters v in place of the one before. */
  void target(NodeSide v) {
    size = sourceSize;
    System.arraycopy(sourceTable, 0, table, 0, table.length);
    System.arraycopy(sourceCode, 0, code, 0, size);
    System.arraycopy(sourceNewest, 0, newest, 0, size);
    System.arraycopy(sourceTimed, 0, timed, 0, size);
    add(OF_TARGET, v);
  }

  private void add(int side, NodeSide node) {
    int own = entry(node.key);
    code[own] |= 1 << side;
    if (node.interactions > 0) {
      seen(own, node.tau);
    }
    add(2 << side, node.hop1Keys, node.hop1Times);
    add(4 << side, node.hop2Keys, node.hop2Times);
  }

  private void add(int bit, long[] keys, long[] times) {
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != NodeKey.EMPTY) {
        int e = entry(keys[i]);
        code[e] |= bit;
        seen(e, times[i]);
      }
    }
  }

  private int entry(long wanted) {
    int at = (int) ((wanted * NodeKey.GOLDEN) >>> shift);
    for (int held = table[at]; held != 0; held = table[at]) {
      if (key[held - 1] == wanted) {
        return held - 1;
      }
      at = (at + 1) & mask;
    }
    key[size] = wanted;
    code[size] = 0;
    newest[size] = Long.MIN_VALUE;
    timed[size] = false;
    table[at] = ++size;
    return size - 1;
  }

  private void seen(int entry, long t) {
    newest[entry] = Math.max(newest[entry], t);
    timed[entry] = true;
  }

  /** Keys in the joint neighbourhood. Entries stand in the order in which they were met. */
  public int size() {
    return size;
  }

  /** How many of the first entries u has; v may have them, too. */
  int sourceSize() {
    return sourceSize;
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

  /** Newest time stored with that key on either side, ms; means nothing unless {@link #timed}. */
  long newest(int entry) {
    return newest[entry];
  }

  /** Whether v's record says nothing newer of this entry than u's: then it is as it was with u. */
  boolean asWithSource(int entry) {
    return entry < sourceSize && newest[entry] == sourceNewest[entry];
  }

  /** Direct partners of both nodes that either N-cache still holds. */
  int sharedNeighbours() {
    int shared = 0;
    for (int e = 0; e < sourceSize; e++) {
      if ((code[e] & DIRECT_OF_BOTH) == DIRECT_OF_BOTH) {
        shared++;
      }
    }
    return shared;
  }
}
