package io.kith.model;

import java.util.Locale;
import java.util.Set;

/**
 * The nodes that may be a node's next partner, found without a walk: in its own N-cache, and among
 * the most active targets of all. Each node once, by the first origin that has it; never the node
 * itself. Filled in place again and again; not safe for concurrent use.
 */
public final class Candidates {
  /** Where a candidate comes from, in the order in which they are looked through. */
  public enum Origin {
    /** It stands in hop 1: the two have met. */
    AGAIN,
    /** It stands in hop 2: a partner of a partner. */
    FRIENDS_OF_FRIENDS,
    /** It is one of the most active targets. */
    POPULAR;

    /** As it stands in JSON, such as {@code friends-of-friends}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What the odds of a candidate count that the node has not met. Models are trained among 13
   * targets of which most are drawn at random; of some fifty candidates most are near, so that the
   * likely ones must stand out further. Chosen on the validation parts of CollegeMsg and Wikipedia
   * (docs/numbers.md).
   */
  private static final double UNMET = 0.25;

  private final int hop1;
  private final int hop2;
  private final Set<Origin> origins;
  private final boolean discovery;
  private final long[] keys;
  private final Origin[] from;
  private int size;

  /**
   * @param popular how many popular nodes are given at most
   * @param origins those looked through
   * @param discovery whether nodes that the node's hop 1 holds are left out, whatever has them
   */
  public Candidates(ModelSizes sizes, int popular, Set<Origin> origins, boolean discovery) {
    this.hop1 = sizes.hop1();
    this.hop2 = sizes.hop2();
    this.origins = Set.copyOf(origins);
    this.discovery = discovery;
    this.keys = new long[hop1 + hop2 + popular];
    this.from = new Origin[keys.length];
  }

  /**
   * Finds the candidates of a node.
   *
   * @param popular keys, of which the first {@code count} are looked at
   */
  public void find(long node, NodeRecord record, long[] popular, int count) {
    size = 0;
    if (origins.contains(Origin.AGAIN) && !discovery) {
      for (int i = 0; i < hop1; i++) {
        add(node, record.hop1Key(i), Origin.AGAIN);
      }
    }
    if (origins.contains(Origin.FRIENDS_OF_FRIENDS)) {
      for (int i = 0; i < hop2; i++) {
        addUnmet(node, record, record.hop2Key(i), Origin.FRIENDS_OF_FRIENDS);
      }
    }
    if (origins.contains(Origin.POPULAR)) {
      for (int i = 0; i < count; i++) {
        addUnmet(node, record, popular[i], Origin.POPULAR);
      }
    }
  }

  private void addUnmet(long node, NodeRecord record, long key, Origin origin) {
    if (!discovery || !met(record, key)) {
      add(node, key, origin);
    }
  }

  private boolean met(NodeRecord record, long key) {
    for (int i = 0; i < hop1; i++) {
      if (record.hop1Key(i) == key) {
        return true;
      }
    }
    return false;
  }

  private void add(long node, long key, Origin origin) {
    if (key == NodeKey.EMPTY || key == node) {
      return;
    }
    for (int i = 0; i < size; i++) {
      if (keys[i] == key) {
        return;
      }
    }
    keys[size] = key;
    from[size++] = origin;
  }

  /**
   * What candidates are ordered by, larger first.
   *
   * @param score the model's, a probability
   */
  public static double weight(float score, Origin origin) {
    double odds = score / (1.0 - score);
    return origin == Origin.AGAIN ? odds : UNMET * odds;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  public long key(int i) {
    return keys[i];
  }

  public Origin origin(int i) {
    return from[i];
  }
}
