package io.kith.model.train;

/**
 * phi of MODEL.md, "Time features", with its gradient by {@code time.omega} and {@code time.b}. Not
 * safe for concurrent use.
 */
final class TimeGradient {
  private final float[] omega;
  private final float[] shift;
  private final float[] byOmega;
  private final float[] byShift;

  TimeGradient(Parameters parameters) {
    omega = parameters.value("time.omega");
    shift = parameters.value("time.b");
    byOmega = parameters.gradient("time.omega");
    byShift = parameters.gradient("time.b");
  }

  /**
   * Writes the cosines, phi, and the sines of the same angles.
   *
   * @param age ln(1 + dt/1000)
   */
  void encode(float age, float[] to, int phiAt, int sineAt) {
    for (int j = 0; j < omega.length; j++) {
      double angle = omega[j] * age + shift[j];
      double cosine = StrictMath.cos(angle);
      to[phiAt + j] = (float) cosine;
      to[sineAt + j] = (float) sine(angle, cosine);
    }
  }

  /** From the cosine, for that costs less than a second call; right to about 1e-8. */
  private static double sine(double angle, double cosine) {
    double size = Math.sqrt(Math.max(1 - cosine * cosine, 0));
    return ((long) Math.floor(angle / Math.PI) & 1) == 0 ? size : -size;
  }

  /** Adds the gradient of one phi, given the gradient by its elements. */
  void add(float age, float[] sines, int sineAt, float[] byPhi, int byPhiAt) {
    for (int j = 0; j < omega.length; j++) {
      float byAngle = -byPhi[byPhiAt + j] * sines[sineAt + j];
      byOmega[j] += byAngle * age;
      byShift[j] += byAngle;
    }
  }
}
