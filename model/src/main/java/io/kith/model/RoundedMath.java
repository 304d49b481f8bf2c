package io.kith.model;

/**
 * Functions of {@link StrictMath}, rounded to float32: the very same bits, several times as fast.
 *
 * <p>Each is first computed in float64 with an error far below the bound that stands beside it.
 * Where both ends of the interval of that bound round to one float, so does StrictMath's result,
 * which is within an ulp of the truth as well; elsewhere, about once in a hundred thousand calls,
 * StrictMath is asked. The test of the end of an interval is Ziv's (ACM TOMS 17, 1991). Polynomials
 * are summed in pairs (Estrin), for a chain of additions that wait for each other took most of the
 * time. Any thread.
 */
public final class RoundedMath {
  /** Relative error granted to logarithms and exponentials; theirs is below 2^-49. */
  private static final double RELATIVE = 0x1p-45;

  private static final double BELOW = 1 - RELATIVE;
  private static final double ABOVE = 1 + RELATIVE;

  /** Absolute error granted to cosines; theirs is below 2^-49 up to {@link #MOST_ANGLE}. */
  private static final double ABSOLUTE = 0x1p-45;

  private static final double MOST_ANGLE = 1e5;

  static final double LN2 = 0.6931471805599453;
  private static final double LOG2_E = 1 / LN2;
  static final long SQRT_HALF_BITS = Double.doubleToRawLongBits(0.7071067811865476);

  /** ln 2 and pi in two parts: products of the first with small integers are exact. */
  private static final double LN2_HIGH = firstBits(LN2);

  private static final double LN2_LOW = LN2 - LN2_HIGH + 2.3190468138462996e-17;
  static final double PI_HIGH = firstBits(Math.PI);
  static final double PI_LOW = Math.PI - PI_HIGH + 1.2246467991473532e-16;

  /** Below this e^x is no normal float, and not computed here; below the other it rounds to 0. */
  private static final double LEAST_EXPONENT = -87;

  private static final double ZERO_EXPONENT = -110;

  private RoundedMath() {}

  /** The number without its last 20 bits. */
  private static double firstBits(double x) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & (-1L << 20));
  }

  /** {@code (float) StrictMath.log1p(x)} for x that is not negative. */
  static float log1p(double x) {
    return log1p(x, nearLog1p(x));
  }

  /** The same, given {@link #nearLog1p} of x. */
  static float log1p(double x, double near) {
    float result = (float) (near * BELOW);
    return result == (float) (near * ABOVE) ? result : (float) StrictMath.log1p(x);
  }

  /**
   * {@code (float) (StrictMath.log1p(x) / 10)} for x that is not negative, given {@link #nearLog1p}
   * of x.
   */
  static float tenthOfLog1p(double x, double near) {
    double tenth = near / 10;
    float result = (float) (tenth * BELOW);
    return result == (float) (tenth * ABOVE) ? result : (float) (StrictMath.log1p(x) / 10);
  }

  /** {@code (float) StrictMath.exp(x)}; quick where x is not positive. */
  public static float exp(double x) {
    if (x < ZERO_EXPONENT) {
      return 0f;
    }
    if (!(x >= LEAST_EXPONENT && x <= 0)) {
      return (float) StrictMath.exp(x);
    }
    double near = nearExp(x);
    float result = (float) (near * BELOW);
    return result == (float) (near * ABOVE) ? result : (float) StrictMath.exp(x);
  }

  /** {@code (float) StrictMath.cos(angle)}, given {@link #nearCos} of the angle. */
  static float cos(double angle, double near) {
    if (!(Math.abs(angle) <= MOST_ANGLE)) {
      return (float) StrictMath.cos(angle);
    }
    float result = (float) (near - ABSOLUTE);
    return result == (float) (near + ABSOLUTE) ? result : (float) StrictMath.cos(angle);
  }

  /**
   * With 1 + x = 2^k m, m between sqrt(1/2) and sqrt(2): k ln 2 + 2 artanh((m-1)/(m+1)), and what
   * was lost when 1 + x was rounded.
   */
  static double nearLog1p(double x) {
    double y = 1 + x;
    double lost = (x - (y - 1)) / y;
    long bits = Double.doubleToRawLongBits(y);
    long k = (bits - SQRT_HALF_BITS) >> 52;
    double m = Double.longBitsToDouble(bits - (k << 52));
    double s = (m - 1) / (m + 1);
    double s2 = s * s;
    double s4 = s2 * s2;
    double s8 = s4 * s4;
    double p0 = 1.0 / 3 + 1.0 / 5 * s2 + (1.0 / 7 + 1.0 / 9 * s2) * s4;
    double p1 = 1.0 / 11 + 1.0 / 13 * s2 + (1.0 / 15 + 1.0 / 17 * s2) * s4;
    double p = p0 + (p1 + 1.0 / 19 * s8) * s8;
    return k * LN2 + (2 * s + (2 * s * s2 * p + lost));
  }

  /** With x = n ln 2 + r: 2^n times the series of e^r. */
  private static double nearExp(double x) {
    double n = Math.rint(x * LOG2_E);
    double r = x - n * LN2_HIGH - n * LN2_LOW;
    double r2 = r * r;
    double r4 = r2 * r2;
    double p0 = 1 + r + (0.5 + 1.0 / 6 * r) * r2;
    double p1 = 1.0 / 24 + 1.0 / 120 * r + (1.0 / 720 + 1.0 / 5040 * r) * r2;
    double p2 = 1.0 / 40320 + 1.0 / 362880 * r + (1.0 / 3628800 + 1.0 / 39916800 * r) * r2;
    double p = p0 + (p1 + (p2 + 1.0 / 479001600 * r4) * r4) * r4;
    return p * Double.longBitsToDouble(((long) n + 1023) << 52);
  }

  /** With x = n pi + r: the series of cos r, negated for odd n. */
  static double nearCos(double x) {
    double n = Math.rint(x * (1 / Math.PI));
    double r = x - n * PI_HIGH - n * PI_LOW;
    double r2 = r * r;
    double r4 = r2 * r2;
    double r8 = r4 * r4;
    double p0 = 1 - 0.5 * r2 + (1.0 / 24 - 1.0 / 720 * r2) * r4;
    double p1 =
        1.0 / 40320 - 1.0 / 3628800 * r2 + (1.0 / 479001600 - 1.0 / 87178291200.0 * r2) * r4;
    double p2 =
        1.0 / 20922789888000.0 - 1.0 / 6402373705728000.0 * r2 + 1.0 / 2432902008176640000.0 * r4;
    double p = p0 + (p1 + p2 * r8) * r8;
    return ((int) n & 1) == 0 ? p : -p;
  }
}
