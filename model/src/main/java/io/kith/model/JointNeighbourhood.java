package io.kith.model;

import java.util.Arrays;

/**
 * The joint neighbourhood of two nodes: the union of the keys in hops 0, 1 and 2 of either, each
 * with a 6-bit distance code (bit {@code h}: in hop h of u; bit {@code 3 + h}: in hop h of v). The
 * join of two dictionaries, after Luo and Li 2022, section 4. The side of u is entered once and
 * kept for one v after another: what a v has changed is taken back before the next. Not safe for
 * concurrent use.
 */
public final class JointNeighbourhood {
  private static final int DIRECT_OF_BOTH = 1 << 1 | 1 << 4;
  private static final int OF_SOURCE = 0;
  private static final int OF_TARGET = 3;

  /** Open addressing: an entry's number and 1, or 0. So empty that keys hardly ever collide. */
  private final int[] table;

  private final int shift;
  private final int mask;

  private int size;
  private final int[] place;
  private final long[] key;
  private final int[] code;
  private final long[] newest;
  private final double[] fresh;

  /** By code: entries that have it, and the sum of their freshness. */
  private final int[] nodes = new int[ModelSizes.CODES];

  private final double[] freshness = new double[ModelSizes.CODES];

  /** Codes that an entry has or has had, as bits. */
  private long codes;

  /** As things stood before the first v. */
  private int sourceSize;

  private long sourceCodes;
  private final int[] sourceNodes = new int[ModelSizes.CODES];
  private final double[] sourceFreshness = new double[ModelSizes.CODES];
  private final int[] sourceCode;
  private final long[] sourceNewest;
  private final double[] sourceFresh;

  /** Entries of u that v has as well. */
  private final int[] shared;

  private int sharedSize;

  JointNeighbourhood(ModelSizes sizes) {
    int most = 2 * (1 + sizes.hop1() + sizes.hop2());
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(most) + 3;
    table = new int[1 << bits];
    shift = Long.SIZE - bits;
    mask = table.length - 1;
    place = new int[most];
    key = new long[most];
    code = new int[most];
    newest = new long[most];
    fresh = new double[most];
    sourceCode = new int[most];
    sourceNewest = new long[most];
    sourceFresh = new double[most];
    shared = new int[most];
  }

  /** Enters u: what was entered before is gone. */
  void source(NodeSide u) {
    removeFrom(0);
    codes = 0;
    Arrays.fill(nodes, 0);
    Arrays.fill(freshness, 0);
    sharedSize = 0;
    sourceSize = 0;
    enter(OF_SOURCE, u);
    sourceSize = size;
    sourceCodes = codes;
    System.arraycopy(nodes, 0, sourceNodes, 0, nodes.length);
    System.arraycopy(freshness, 0, sourceFreshness, 0, nodes.length);
    System.arraycopy(code, 0, sourceCode, 0, size);
    System.arraycopy(newest, 0, sourceNewest, 0, size);
    System.arraycopy(fresh, 0, sourceFresh, 0, size);
  }

  /** Enters v in place of the one before. */
  void target(NodeSide v) {
    removeFrom(sourceSize);
    for (int i = 0; i < sharedSize; i++) {
      int e = shared[i];
      code[e] = sourceCode[e];
      newest[e] = sourceNewest[e];
      fresh[e] = sourceFresh[e];
    }
    sharedSize = 0;
    codes = sourceCodes;
    System.arraycopy(sourceNodes, 0, nodes, 0, nodes.length);
    System.arraycopy(sourceFreshness, 0, freshness, 0, nodes.length);
    enter(OF_TARGET, v);
  }

  private void removeFrom(int first) {
    for (int e = first; e < size; e++) {
      table[place[e]] = 0;
    }
    size = first;
  }

  private void enter(int side, NodeSide node) {
    int own = 1 << side;
    long time = node.interactions > 0 ? node.tau : Long.MIN_VALUE;
    int at = find(node.key);
    if (table[at] == 0) {
      add(at, node.key, own, time, node.fresh);
      count(own, 1, node.fresh);
    } else {
      meet(table[at] - 1, own, time, node.fresh);
    }
    enter(2 << side, node.hop1Keys, node.hop1Times, node.hop1Fresh);
    enter(4 << side, node.hop2Keys, node.hop2Times, node.hop2Fresh);
  }

  /** The keys of one hop, of which none comes twice. */
  private void enter(int bit, long[] keys, long[] times, double[] freshOf) {
    int added = 0;
    double sum = 0;
    for (int i = 0; i < keys.length; i++) {
      long wanted = keys[i];
      if (wanted != NodeKey.EMPTY) {
        int at = find(wanted);
        if (table[at] == 0) {
          add(at, wanted, bit, times[i], freshOf[i]);
          added++;
          sum += freshOf[i];
        } else {
          meet(table[at] - 1, bit, times[i], freshOf[i]);
        }
      }
    }
    count(bit, added, sum);
  }

  /** Where a key stands, or would. */
  private int find(long wanted) {
    int at = (int) ((wanted * NodeKey.GOLDEN) >>> shift);
    for (int held = table[at]; held != 0 && key[held - 1] != wanted; held = table[at]) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void add(int at, long added, int bit, long time, double freshOf) {
    place[size] = at;
    key[size] = added;
    code[size] = bit;
    newest[size] = time;
    fresh[size] = freshOf;
    table[at] = ++size;
  }

  /** An entry is met in another hop: it counts with another code, and as what is newest of it. */
  private void meet(int e, int bit, long time, double freshOf) {
    if (e < sourceSize && code[e] == sourceCode[e]) {
      shared[sharedSize++] = e;
    }
    count(code[e], -1, -fresh[e]);
    code[e] |= bit;
    newest[e] = Math.max(newest[e], time);
    fresh[e] = Math.max(fresh[e], freshOf);
    count(code[e], 1, fresh[e]);
  }

  private void count(int ofCode, int more, double fresher) {
    nodes[ofCode] += more;
    freshness[ofCode] += fresher;
    codes |= 1L << ofCode;
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

  /** Newest time stored with that key on either side, ms; the least long where there is none. */
  long newest(int entry) {
    return newest[entry];
  }

  /**
   * {@code 1 / (1 + age / Tau)} of the newest time stored with that key, 0 where there is none: see
   * {@link NodeSide#freshen}.
   */
  public double fresh(int entry) {
    return fresh[entry];
  }

  /** A set of codes, as bits, that has all codes of entries. */
  long codes() {
    return codes;
  }

  /** Entries with a code. */
  int nodes(int ofCode) {
    return nodes[ofCode];
  }

  /** The sum of {@link #fresh} of the entries with a code; exact. */
  double freshness(int ofCode) {
    return freshness[ofCode];
  }

  /** Direct partners of both nodes that either N-cache still holds. */
  int sharedNeighbours() {
    int both = 0;
    for (int i = 0; i < sharedSize; i++) {
      if ((code[shared[i]] & DIRECT_OF_BOTH) == DIRECT_OF_BOTH) {
        both++;
      }
    }
    return both;
  }
}
