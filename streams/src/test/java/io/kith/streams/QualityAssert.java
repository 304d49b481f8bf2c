package io.kith.streams;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares figures: counts, times and nulls exactly, the rest but for the order of sums. */
final class QualityAssert {
  private static final double SUM_ORDER = 1e-12;

  private QualityAssert() {}

  static void assertSame(Quality actual, Quality expected, String circumstances) {
    assertThat(actual)
        .as(circumstances)
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) -> Math.abs(a - b) <= SUM_ORDER * Math.abs(b) ? 0 : Double.compare(a, b),
            Double.class)
        .isEqualTo(expected);
  }
}
