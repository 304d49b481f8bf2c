package io.kith.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a model, fixed when it is made. Letters in comments are those of MODEL.md.
 *
 * @param self length D of the self representation
 * @param neighbour length F of a neighbour's representation
 * @param features features Dx of an interaction; may be 0
 * @param time number T of time features
 * @param hop1 slots M1 for partners, a multiple of {@code bucket}
 * @param hop2 slots M2 for partners' partners, a multiple of {@code bucket}; may be 0
 * @param bucket slots B in which a key may lie
 * @param hidden hidden units H of the scorer
 * @param sketch length E of the sketch in an embedding; may be 0
 * @param activityScales decay scales of a node's activity, ms
 * @param pairScales decay scales of a pair's count, ms
 */
public record ModelSizes(
    int self,
    int neighbour,
    int features,
    int time,
    int hop1,
    int hop2,
    int bucket,
    int hidden,
    int sketch,
    List<Long> activityScales,
    List<Long> pairScales) {

  /** The sizes that Kith uses unless told otherwise. */
  public static final ModelSizes DEFAULT =
      new ModelSizes(
          32,
          4,
          0,
          8,
          32,
          16,
          8,
          128,
          64,
          List.of(21_600_000L, 1_209_600_000L),
          List.of(1_209_600_000L));

  /** Distance codes of the joint neighbourhood: 6 bits. */
  public static final int CODES = 64;

  /**
   * @throws IllegalArgumentException naming every size that is out of bounds
   */
  public ModelSizes {
    activityScales = List.copyOf(activityScales);
    pairScales = List.copyOf(pairScales);
    List<String> faults = new ArrayList<>();
    atLeast(faults, "D", self, 1);
    atLeast(faults, "F", neighbour, 1);
    atLeast(faults, "Dx", features, 0);
    atLeast(faults, "T", time, 1);
    atLeast(faults, "B", bucket, 1);
    atLeast(faults, "M1", hop1, 1);
    atLeast(faults, "M2", hop2, 0);
    atLeast(faults, "H", hidden, 1);
    atLeast(faults, "E", sketch, 0);
    if (bucket > 0 && hop1 % bucket != 0) {
      faults.add("M1 must be a multiple of B: M1=" + hop1 + ", B=" + bucket);
    }
    if (bucket > 0 && hop2 % bucket != 0) {
      faults.add("M2 must be a multiple of B: M2=" + hop2 + ", B=" + bucket);
    }
    for (long scale : activityScales) {
      atLeast(faults, "act scale", scale, 1);
    }
    for (long scale : pairScales) {
      atLeast(faults, "pact scale", scale, 1);
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("model sizes: " + String.join("; ", faults));
    }
  }

  private static void atLeast(List<String> faults, String name, long value, long least) {
    if (value < least) {
      faults.add(name + " too small: value=" + value + ", least=" + least);
    }
  }

  /** Length I of a message: partner's self, features, time features, direction. */
  public int message() {
    return self + features + time + 1;
  }

  /** Length of the pair features: 3T + 12 + 4A + R. */
  public int pair() {
    return 3 * time + 12 + 4 * activityScales.size() + pairScales.size();
  }

  /** Length Q of the scorer's input. */
  public int query() {
    return 2 * CODES + neighbour + 2 * self + pair();
  }

  /** Length D + E of a node's embedding. */
  public int embedding() {
    return self + sketch;
  }
}
