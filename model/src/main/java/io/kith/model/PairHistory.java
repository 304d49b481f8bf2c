package io.kith.model;

/**
 * What the two records say of earlier interactions of the pair: {@code t_uv}, {@code count_uv},
 * {@code dir_uv}, {@code pact_uv} and the ranks of MODEL.md, "Score of a pair". Filled in place;
 * not safe for concurrent use.
 */
final class PairHistory {
  private final Slots slots;
  private final float[] pair;

  private boolean met;
  private long time;
  private int count;
  private int direction;
  private float rankOfV;
  private float rankOfU;

  PairHistory(ModelSizes sizes) {
    slots = new Slots(sizes);
    pair = new float[sizes.pairScales().size()];
  }

  /** Looks the pair up in both records, of which {@code u} and {@code v} are copies. */
  void read(NodeSide u, NodeRecord ofU, NodeSide v, NodeRecord ofV) {
    int i = slots.findHop1(u.hop1Keys, v.key);
    int j = slots.findHop1(v.hop1Keys, u.key);
    rankOfV = rank(u, i);
    rankOfU = rank(v, j);
    if (i != Slots.ABSENT) {
      take(ofU, i, 1);
    } else if (j != Slots.ABSENT) {
      take(ofV, j, -1);
    } else {
      met = false;
      count = 0;
      direction = 0;
    }
  }

  private void take(NodeRecord record, int slot, int sign) {
    met = true;
    time = record.hop1Time(slot);
    count = record.hop1Count(slot);
    direction = sign * record.hop1Direction(slot);
    for (int r = 0; r < pair.length; r++) {
      pair[r] = record.hop1Pair(slot, r);
    }
  }

  /** 1 / (1 + number of slots newer than this one), or 0 for no slot. */
  private static float rank(NodeSide side, int slot) {
    if (slot == Slots.ABSENT) {
      return 0f;
    }
    long time = side.hop1Times[slot];
    int newer = 0;
    for (int i = 0; i < side.hop1Keys.length; i++) {
      if (side.hop1Keys[i] != NodeKey.EMPTY && side.hop1Times[i] > time) {
        newer++;
      }
    }
    return 1f / (1 + newer);
  }

  /** Whether either record still holds the other node. */
  boolean met() {
    return met;
  }

  /** Time of the last interaction of the pair, ms; means nothing where they have not met. */
  long time() {
    return time;
  }

  int count() {
    return count;
  }

  /** +1 where u was the source the last time, -1 where v was, 0 where they have not met. */
  int direction() {
    return direction;
  }

  /** Decayed count as kept at {@link #time}; means nothing where they have not met. */
  float pair(int scale) {
    return pair[scale];
  }

  float rankOfV() {
    return rankOfV;
  }

  float rankOfU() {
    return rankOfU;
  }
}
