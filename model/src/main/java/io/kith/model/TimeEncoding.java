package io.kith.model;

import java.util.Arrays;

/**
 * What the model knows of a time difference: phi of MODEL.md, "Time features". Immutable; any
 * thread.
 */
public final class TimeEncoding {
  private static final double SECOND_MS = 1000.0;

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
    float x = log(difference);
    for (int j = 0; j < omega.length; j++) {
      to[at + j] = RoundedMath.cos(omega[j] * x + shift[j]);
    }
  }

  /** phi of no such time: the zero vector. */
  void encodeNone(float[] to, int at) {
    Arrays.fill(to, at, at + omega.length, 0f);
  }

  /** ln(1 + difference / 1 s), taken in float64 and rounded; a negative difference counts as 0. */
  public static float log(long difference) {
    return RoundedMath.log1p(Math.max(difference, 0) / SECOND_MS);
  }

  /** The same divided by 10 before it is rounded. */
  static float tenthOfLog(long difference) {
    return RoundedMath.tenthOfLog1p(Math.max(difference, 0) / SECOND_MS);
  }

  /** What is left at {@code t} of one that was kept at {@code last}: e^-((t - last) / scale). */
  static float decay(long scale, long t, long last) {
    return t <= last ? 1f : RoundedMath.exp(-((double) (t - last)) / scale);
  }
}
