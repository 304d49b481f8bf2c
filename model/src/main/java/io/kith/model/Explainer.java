package io.kith.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells people what the scorer reads as {@link JointNeighbourhood}: the same keys with the same
 * distance codes, and ages by side. Chosen are the keys that both sides hold, the closest and then
 * the newest first, and of either side alone its newest direct partners; ties go by key. So the
 * choice is a function of the two records and the time. Reads records, never writes them. Any
 * thread.
 */
public final class Explainer {
  private static final int SIDE = 0b111;
  private static final int DIRECT = 0b010;

  private static final Comparator<Found> NEWEST =
      Comparator.comparingLong(Found::newest).reversed().thenComparingLong(found -> found.key);

  private static final Comparator<Found> CLOSEST =
      Comparator.comparingInt(Found::steps).thenComparing(NEWEST);

  private final ModelSizes sizes;
  private final int most;

  /**
   * @param most keys that are shared, and keys of either side alone, that an explanation has at
   *     most; so it has at most {@code 2 + 3 * most} entries
   */
  public Explainer(ModelSizes sizes, int most) {
    this.sizes = sizes;
    this.most = most;
  }

  /** Explains the pair of source key u and target key v at event time t, ms. */
  public Explanation explain(long u, NodeRecord ofU, long v, NodeRecord ofV, long t) {
    List<Found> joint = new ArrayList<>();
    addSide(joint, 0, u, ofU);
    addSide(joint, 1, v, ofV);
    Found source = found(joint, u);
    Found target = found(joint, v);
    joint.remove(source);
    joint.remove(target);
    List<Explanation.Entry> entries = new ArrayList<>();
    entries.add(source.entry(t));
    entries.add(target.entry(t));
    add(joint, Found::isShared, CLOSEST, t, entries);
    add(joint, found -> found.code == DIRECT, NEWEST, t, entries);
    add(joint, found -> found.code == DIRECT << 3, NEWEST, t, entries);
    int shared = (int) joint.stream().filter(Found::isShared).count();
    return new Explanation(2 + joint.size(), shared, List.copyOf(entries));
  }

  private void addSide(List<Found> joint, int side, long node, NodeRecord record) {
    boolean seen = record.interactions() > 0;
    found(joint, node).hold(side, 0, seen ? record.tau() : Found.NEVER);
    for (int i = 0; i < sizes.hop1(); i++) {
      if (record.hop1Key(i) != NodeKey.EMPTY) {
        found(joint, record.hop1Key(i)).hold(side, 1, record.hop1Time(i));
      }
    }
    for (int i = 0; i < sizes.hop2(); i++) {
      if (record.hop2Key(i) != NodeKey.EMPTY) {
        found(joint, record.hop2Key(i)).hold(side, 2, record.hop2Time(i));
      }
    }
  }

  /** The one of a key, which is added if it is not there; a look through two records at most. */
  private static Found found(List<Found> joint, long key) {
    for (int i = 0; i < joint.size(); i++) {
      if (joint.get(i).key == key) {
        return joint.get(i);
      }
    }
    Found found = new Found(key);
    joint.add(found);
    return found;
  }

  private void add(
      List<Found> joint,
      Predicate<Found> which,
      Comparator<Found> order,
      long t,
      List<Explanation.Entry> entries) {
    joint.stream()
        .filter(which)
        .sorted(order)
        .limit(most)
        .forEach(found -> entries.add(found.entry(t)));
  }

  /** A key and what the two sides say of it. */
  private static final class Found {
    static final long NEVER = Long.MIN_VALUE;

    final long key;
    int code;
    private long newestOfSource = NEVER;
    private long newestOfTarget = NEVER;

    Found(long key) {
      this.key = key;
    }

    void hold(int side, int hop, long time) {
      code |= 1 << (3 * side + hop);
      if (side == 0) {
        newestOfSource = Math.max(newestOfSource, time);
      } else {
        newestOfTarget = Math.max(newestOfTarget, time);
      }
    }

    boolean isShared() {
      return (code & SIDE) != 0 && code >> 3 != 0;
    }

    /** Steps from the source over the key to the target. */
    int steps() {
      return Integer.numberOfTrailingZeros(code & SIDE) + Integer.numberOfTrailingZeros(code >> 3);
    }

    long newest() {
      return Math.max(newestOfSource, newestOfTarget);
    }

    Explanation.Entry entry(long t) {
      return new Explanation.Entry(
          Long.toString(key), code, age(newestOfSource, t), age(newestOfTarget, t));
    }

    private static Long age(long newest, long t) {
      return newest == NEVER ? null : (Long) Math.max(t - newest, 0);
    }
  }
}
