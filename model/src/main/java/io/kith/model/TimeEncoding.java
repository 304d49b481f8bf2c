package io.kith.model;

import java.util.Arrays;

/**
 * What the model knows of a time difference: phi of MODEL.md, "Time features". Not safe for
 * concurrent use.
 */
public final class TimeEncoding {
  private static final double SECOND_MS = 1000.0;

  private final float[] omega;
  private final float[] shift;
  private final Kernels kernels = Kernels.chosen();
  private final double[] angles;
  private final double[] cosines;

  /**
   * @param omega float[T]
   * @param shift float[T], called b in MODEL.md
   */
  TimeEncoding(float[] omega, float[] shift) {
    this.omega = omega;
    this.shift = shift;
    angles = new double[Kernels.padded(omega.length)];
    cosines = new double[angles.length];
  }

  /**
   * phi of a difference to {@code to[at .. at + T]}.
   *
   * @param log the difference's {@link #log}
   */
  void encode(float log, float[] to, int at) {
    for (int j = 0; j < omega.length; j++) {
      angles[j] = omega[j] * log + shift[j];
    }
    kernels.nearCos(angles, cosines, omega.length);
    for (int j = 0; j < omega.length; j++) {
      to[at + j] = RoundedMath.cos(angles[j], cosines[j]);
    }
  }

  /** phi of no such time: the zero vector. */
  void encodeNone(float[] to, int at) {
    Arrays.fill(to, at, at + omega.length, 0f);
  }

  /** ln(1 + difference / 1 s), taken in float64 and rounded; a negative difference counts as 0. */
  public static float log(long difference) {
    return RoundedMath.log1p(seconds(difference));
  }

  /** A difference in ms as one in seconds, whose logarithm is taken. */
  static double seconds(long difference) {
    return Math.max(difference, 0) / SECOND_MS;
  }

  /** What is left at {@code t} of one that was kept at {@code last}: e^-((t - last) / scale). */
  static float decay(long scale, long t, long last) {
    return t <= last ? 1f : RoundedMath.exp(-((double) (t - last)) / scale);
  }
}
