package io.kith.model;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Who did something with whom, and when. Immutable by convention: {@link #features} is not copied.
 */
public final class Interaction {
  /** The features of an interaction without any. */
  public static final float[] NO_FEATURES = {};

  /**
   * The canonical order of MODEL.md: time, source key, target key, then the bit patterns of the
   * features, all as signed integers. Interactions that compare equal have the same effect.
   */
  public static final Comparator<Interaction> CANONICAL =
      Comparator.comparingLong(Interaction::timestamp)
          .thenComparingLong(Interaction::sourceKey)
          .thenComparingLong(Interaction::targetKey)
          .thenComparing(Interaction::features, Interaction::compareBits);

  private final String source;
  private final String target;
  private final long sourceKey;
  private final long targetKey;
  private final long timestamp;
  private final float[] features;

  /**
   * @param timestamp event time, ms
   * @param features float[Dx]; may be empty
   */
  public Interaction(String source, String target, long timestamp, float[] features) {
    this(source, NodeKey.of(source), target, NodeKey.of(target), timestamp, features);
  }

  /** With keys that the caller has computed already. */
  public Interaction(
      String source,
      long sourceKey,
      String target,
      long targetKey,
      long timestamp,
      float[] features) {
    this.source = source;
    this.sourceKey = sourceKey;
    this.target = target;
    this.targetKey = targetKey;
    this.timestamp = timestamp;
    this.features = features;
  }

  /** Without features. */
  public Interaction(String source, String target, long timestamp) {
    this(source, target, timestamp, NO_FEATURES);
  }

  public String source() {
    return source;
  }

  public String target() {
    return target;
  }

  public long sourceKey() {
    return sourceKey;
  }

  public long targetKey() {
    return targetKey;
  }

  /** Event time, ms. */
  public long timestamp() {
    return timestamp;
  }

  /** float[Dx]; not to be changed. */
  public float[] features() {
    return features;
  }

  /** True where both ends are one node; such a pair is not an interaction of the model. */
  public boolean isSelfLoop() {
    return sourceKey == targetKey;
  }

  private static int compareBits(float[] a, float[] b) {
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order = Integer.compare(Float.floatToRawIntBits(a[i]), Float.floatToRawIntBits(b[i]));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  @Override
  public String toString() {
    return source + " -> " + target + " at " + timestamp + " " + Arrays.toString(features);
  }
}
