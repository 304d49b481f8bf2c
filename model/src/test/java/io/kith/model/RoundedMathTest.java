package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RoundedMathTest {
  private static final long SEED = 11;
  private static final int DRAWS = 400_000;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void resultsAreThoseOfStrictMathRounded() {
    for (int i = 0; i < DRAWS; i++) {
      double x = sized(-12, 15);
      assertBits("log1p", x, RoundedMath.log1p(x), (float) StrictMath.log1p(x));
      assertBits(
          "log1p/10",
          x,
          RoundedMath.tenthOfLog1p(x, RoundedMath.nearLog1p(x)),
          (float) (StrictMath.log1p(x) / 10));
      double y = -sized(-12, 3);
      assertBits("exp", y, RoundedMath.exp(y), (float) StrictMath.exp(y));
      float angle = (float) (random.nextBoolean() ? sized(-6, 6) : -sized(-6, 6));
      assertBits("cos", angle, cos(angle), (float) StrictMath.cos(angle));
    }
  }

  @Test
  void resultsAreThoseOfStrictMathWhereNumbersEnd() {
    double[] ends = {
      0,
      Double.MIN_VALUE,
      1e-300,
      Long.MAX_VALUE / 1e3,
      Double.MAX_VALUE,
      Double.POSITIVE_INFINITY,
      Double.NaN
    };
    for (double x : ends) {
      assertBits("log1p", x, RoundedMath.log1p(x), (float) StrictMath.log1p(x));
      assertBits("exp", x, RoundedMath.exp(x), (float) StrictMath.exp(x));
      assertBits("exp", -x, RoundedMath.exp(-x), (float) StrictMath.exp(-x));
      assertBits("cos", x, cos((float) x), (float) StrictMath.cos((float) x));
    }
  }

  /** Whole milliseconds and halves of pi: where a function is exact, or close to the next float. */
  @Test
  void resultsAreThoseOfStrictMathOnTheWayToEasyNumbers() {
    for (int i = 0; i < DRAWS; i++) {
      double x = i / 1000.0;
      assertBits("log1p", x, RoundedMath.log1p(x), (float) StrictMath.log1p(x));
      assertBits("exp", -x, RoundedMath.exp(-x), (float) StrictMath.exp(-x));
      float angle = (float) (i * (Math.PI / 2));
      assertBits("cos", angle, cos(angle), (float) StrictMath.cos(angle));
    }
  }

  @Test
  @Tag("long")
  void theCosineOfEveryFloatIsThatOfStrictMath() {
    for (float angle = 0; angle < 128; angle = Math.nextUp(angle)) {
      assertBits("cos", angle, cos(angle), (float) StrictMath.cos(angle));
    }
  }

  /** Logarithmically even between two powers of 10. */
  private double sized(double least, double most) {
    return StrictMath.pow(10, random.nextDouble(least, most));
  }

  private static float cos(float angle) {
    return RoundedMath.cos(angle, RoundedMath.nearCos(angle));
  }

  private static void assertBits(String function, double x, float found, float expected) {
    if (Float.floatToIntBits(found) != Float.floatToIntBits(expected)) {
      assertThat(found).as("seed=%d, %s of %s", SEED, function, x).isEqualTo(expected);
    }
  }
}
