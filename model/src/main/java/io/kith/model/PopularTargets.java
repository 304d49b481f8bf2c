package io.kith.model;

import java.util.Arrays;

/**
 * The most active targets of those offered, at most so many, most active first. Activity is the
 * decayed number of interactions as target; all of it decays alike, so that the order of two nodes
 * changes only by an interaction of one of them, and a node that is offered after each of its
 * interactions stands where it should, whenever that is asked. Not safe for concurrent use.
 */
public final class PopularTargets {
  private static final int TARGET = 1;

  /** The first of the model's, 6 h by default: what is popular now beats what was (numbers.md). */
  private static final int SCALE = 0;

  private final long[] keys;
  private final double[] ranks;
  private int size;

  /**
   * @param most how many are kept
   */
  public PopularTargets(int most) {
    keys = new long[most];
    ranks = new double[most];
  }

  /**
   * What orders nodes: the logarithm of the activity at time 0, if decay is run backwards; negative
   * infinity for a node that has not been a target, or where the model keeps no activity.
   */
  public static double rank(NodeRecord record, ModelSizes sizes) {
    if (sizes.activityScales().isEmpty()
        || record.interactions() == 0
        || record.activity(TARGET, SCALE) <= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return StrictMath.log(record.activity(TARGET, SCALE))
        + (double) record.tau() / sizes.activityScales().get(SCALE);
  }

  /** Takes a node in, or moves it, by its rank of now; equal ranks stand in the order of keys. */
  public void offer(long key, double rank) {
    remove(key);
    if (rank == Double.NEGATIVE_INFINITY) {
      return;
    }
    int at = size;
    while (at > 0 && before(key, rank, at - 1)) {
      at--;
    }
    if (at == keys.length) {
      return;
    }
    size = Math.min(size + 1, keys.length);
    System.arraycopy(keys, at, keys, at + 1, size - at - 1);
    System.arraycopy(ranks, at, ranks, at + 1, size - at - 1);
    keys[at] = key;
    ranks[at] = rank;
  }

  private boolean before(long key, double rank, int other) {
    return rank > ranks[other] || (rank == ranks[other] && key < keys[other]);
  }

  /** Leaves a node out; whether it was in. */
  public boolean remove(long key) {
    for (int i = 0; i < size; i++) {
      if (keys[i] == key) {
        size--;
        System.arraycopy(keys, i + 1, keys, i, size - i);
        System.arraycopy(ranks, i + 1, ranks, i, size - i);
        return true;
      }
    }
    return false;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The keys, most active first. */
  public long[] keys() {
    return Arrays.copyOf(keys, size);
  }

  public long key(int i) {
    return keys[i];
  }

  public double rank(int i) {
    return ranks[i];
  }
}
