package io.kith.model;

import java.util.Arrays;

/**
 * What the model knows of a time difference: phi of MODEL.md, "Time features". Immutable; any
 * thread.
 */
public final class TimeEncoding {
  private final float[] omega;
  private final float[] shift;

  /**
   * @param omega float[T]
   * @param shift float[T], called b in MODEL.md
   */
  TimeEncoding(float[] omega, float[] shift) {
    this.omega = omega;
    this.shift = shift;
  }

  /** phi of a difference in ms, a negative one counting as 0, to {@code to[at .. at + T]}. */
  void encode(long difference, float[] to, int at) {
    float x = (float) log(difference);
    for (int j = 0; j < omega.length; j++) {
      to[at + j] = (float) StrictMath.cos(omega[j] * x + shift[j]);
    }
  }

  /** phi of no such time: the zero vector. */
  void encodeNone(float[] to, int at) {
    Arrays.fill(to, at, at + omega.length, 0f);
  }

  /** ln(1 + difference / 1 s), in float64; a negative difference counts as 0. */
  public static double log(long difference) {
    return StrictMath.log1p(Math.max(difference, 0) / 1000.0);
  }

  /** What is left at {@code t} of one that was kept at {@code last}: e^-((t - last) / scale). */
  static float decay(long scale, long t, long last) {
    return t <= last ? 1f : (float) StrictMath.exp(-((double) (t - last)) / scale);
  }
}
