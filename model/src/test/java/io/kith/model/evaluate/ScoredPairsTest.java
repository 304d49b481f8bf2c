package io.kith.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoredPairsTest {
  private final ScoredPairs pairs = new ScoredPairs();

  @Test
  void averagePrecisionAndAreaOfFourPairs() {
    // ranked: + 0.9, - 0.8, + 0.7, - 0.1
    pairs.add(0.9, 0.8);
    pairs.add(0.7, 0.1);

    assertThat(pairs.averagePrecision()).isEqualTo((1.0 + 2.0 / 3) / 2);
    assertThat(pairs.areaUnderCurve()).isEqualTo(3.0 / 4);
  }

  @Test
  void equalScoresAreOneThreshold() {
    pairs.add(0.5, 0.5);
    pairs.add(0.5, 0.5);

    assertThat(pairs.averagePrecision()).isEqualTo(0.5);
    assertThat(pairs.areaUnderCurve()).isEqualTo(0.5);
  }

  @Test
  void aClearedOneStartsAgain() {
    pairs.add(0, 1);
    pairs.clear();
    pairs.add(1, 0);

    assertThat(pairs.size()).isEqualTo(1);
    assertThat(pairs.averagePrecision()).isEqualTo(1);
  }

  @Test
  void bothAgreeWithTheirDefinitions() {
    for (long seed = 1; seed <= 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int n = 1 + random.nextInt(100);
      double[] positive = new double[n];
      double[] negative = new double[n];
      pairs.clear();
      for (int i = 0; i < n; i++) {
        positive[i] = random.nextInt(20) / 20.0;
        negative[i] = random.nextInt(15) / 20.0;
        pairs.add(positive[i], negative[i]);
      }
      assertThat(pairs.averagePrecision())
          .as("seed=%d", seed)
          .isCloseTo(averagePrecision(positive, negative), within(1e-12));
      assertThat(pairs.areaUnderCurve())
          .as("seed=%d", seed)
          .isCloseTo(areaUnderCurve(positive, negative), within(1e-12));
    }
  }

  /** The precision at the score of each positive, averaged: the same sum, written out. */
  private static double averagePrecision(double[] positive, double[] negative) {
    double sum = 0;
    for (double threshold : positive) {
      double found = count(positive, threshold);
      sum += found / (found + count(negative, threshold));
    }
    return sum / positive.length;
  }

  private static int count(double[] scores, double threshold) {
    int count = 0;
    for (double score : scores) {
      count += score >= threshold ? 1 : 0;
    }
    return count;
  }

  private static double areaUnderCurve(double[] positive, double[] negative) {
    double sum = 0;
    for (double p : positive) {
      for (double n : negative) {
        sum += p > n ? 1 : p == n ? 0.5 : 0;
      }
    }
    return sum / positive.length / negative.length;
  }
}
