package io.kith.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {
  @Test
  void weighsPrecisionByTheRecallGained() {
    // Thresholds 0.8: recall 1/2 at precision 1; 0.35: recall 1 at precision 2/3.
    double[] positives = {0.35, 0.8};
    double[] negatives = {0.4, 0.1};

    assertThat(AveragePrecision.of(positives, negatives, 2))
        .isCloseTo(0.5 * 1 + 0.5 * 2 / 3, within(1e-15));
  }

  @Test
  void isOneWhereEveryPositiveIsAboveEveryNegative() {
    for (int n = 1; n <= 32; n++) {
      double[] positives = new double[n];
      double[] negatives = new double[n];
      Arrays.setAll(positives, i -> 100 + i);
      Arrays.setAll(negatives, i -> i);

      assertThat(AveragePrecision.of(positives, negatives, n)).as("n=%d", n).isEqualTo(1);
    }
  }

  @Test
  void isOneHalfWhereNothingTellsThemApart() {
    double[] same = {3, 3, 3, 3};

    assertThat(AveragePrecision.of(same, same, 4)).isEqualTo(0.5);
  }

  @Test
  void readsTheFirstPairsAndLeavesThemAsTheyAre() {
    double[] positives = {2, 1, -99};
    double[] negatives = {0, 0, 99};

    assertThat(AveragePrecision.of(positives, negatives, 2)).isEqualTo(1);
    assertThat(positives).containsExactly(2, 1, -99);
  }

  @Test
  void agreesWithTheDefinitionUnderTies() {
    long seed = 20261;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      int n = 1 + random.nextInt(32);
      int levels = 1 + random.nextInt(12);
      double[] positives = random.ints(n, -levels, levels).mapToDouble(x -> x / 4.0).toArray();
      double[] negatives = random.ints(n, -levels, levels).mapToDouble(x -> x / 4.0).toArray();

      double naive =
          OfflineQuality.averagePrecision(
              Arrays.stream(positives).boxed().toList(), Arrays.stream(negatives).boxed().toList());

      assertThat(AveragePrecision.of(positives, negatives, n))
          .as("seed=%d, round=%d", seed, round)
          .isCloseTo(naive, within(1e-12))
          .isPositive()
          .isLessThanOrEqualTo(1);
    }
  }
}
