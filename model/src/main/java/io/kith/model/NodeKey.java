package io.kith.model;

import java.nio.charset.StandardCharsets;

/**
 * From node ids to the 64-bit keys by which nodes are compared, and from keys to slots. Any thread.
 */
public final class NodeKey {
  /** The key of an empty slot; no node has it. */
  public static final long EMPTY = 0;

  /** 2^64 divided by the golden ratio: the step between SplitMix64's streams. */
  static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private NodeKey() {}

  /** The key of a node id: XXH64 of its UTF-8 bytes, with 1 in place of 0. */
  public static long of(String id) {
    long hash = XxHash64.hash(id.getBytes(StandardCharsets.UTF_8));
    return hash == EMPTY ? 1 : hash;
  }

  /** SplitMix64's finaliser (Steele, Lea, Flood, OOPSLA 2014): a bijection that mixes every bit. */
  public static long mix(long x) {
    long y = (x ^ x >>> 30) * 0xbf58476d1ce4e5b9L;
    y = (y ^ y >>> 27) * 0x94d049bb133111ebL;
    return y ^ y >>> 31;
  }

  /**
   * Number of the bucket in which a key may lie.
   *
   * @param hop 1 or 2
   * @param buckets how many that hop has
   */
  static int bucket(long key, int hop, int buckets) {
    long hash = mix(key + hop * GOLDEN);
    return (buckets & (buckets - 1)) == 0
        ? (int) hash & (buckets - 1)
        : (int) Long.remainderUnsigned(hash, buckets);
  }
}
