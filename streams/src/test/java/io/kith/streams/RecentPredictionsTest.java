package io.kith.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentPredictionsTest {
  @Test
  void tellsARepeatFromANewPrediction() {
    RecentPredictions recent = new RecentPredictions(16);
    RandomPredictions random = new RandomPredictions(41, 1000);
    Prediction first = random.next();
    Prediction second = random.next();

    assertThat(recent.add(first)).isTrue();
    assertThat(recent.add(second)).isTrue();
    assertThat(recent.add(first)).isFalse();
    assertThat(recent.add(second)).isFalse();
  }

  @Test
  void aPredictionThatDiffersInOneFieldIsNew() {
    RecentPredictions recent = new RecentPredictions(16);
    assertThat(recent.add(prediction("a", "b", 5, 0.5f, 7, "v1", 20, 3.0, 0.25f))).isTrue();

    assertThat(recent.add(prediction("b", "a", 5, 0.5f, 7, "v1", 20, 3.0, 0.25f))).isTrue();
    assertThat(recent.add(prediction("a", "b", 6, 0.5f, 7, "v1", 20, 3.0, 0.25f))).isTrue();
    assertThat(recent.add(prediction("a", "b", 5, 0.6f, 7, "v1", 20, 3.0, 0.25f))).isTrue();
    assertThat(recent.add(prediction("a", "b", 5, 0.5f, 8, "v1", 20, 3.0, 0.25f))).isTrue();
    assertThat(recent.add(prediction("a", "b", 5, 0.5f, 7, "v2", 20, 3.0, 0.25f))).isTrue();
    assertThat(recent.add(prediction("a", "b", 5, 0.5f, 7, "v1", 19, 3.0, 0.25f))).isTrue();
    assertThat(recent.add(prediction("a", "b", 5, 0.5f, 7, "v1", 20, 3.5, 0.25f))).isTrue();
    assertThat(recent.add(prediction("a", "b", 5, 0.5f, 7, "v1", 20, 3.0, 0.75f))).isTrue();
    assertThat(recent.add(prediction("a", "b", 5, 0.5f, 7, "v1", 0, 1.0, null))).isTrue();
  }

  @Test
  void remembersAGenerationForCertainAndTwoAtMost() {
    int generation = 64;
    for (long seed = 42; seed < 52; seed++) {
      RecentPredictions recent = new RecentPredictions(generation);
      RandomPredictions random = new RandomPredictions(seed, 1_000_000);
      List<Prediction> all = new ArrayList<>();
      for (int i = 0; i < 10 * generation; i++) {
        Prediction prediction = random.next();
        all.add(prediction);
        assertThat(recent.add(prediction)).as("seed=%d, i=%d", seed, i).isTrue();
        Prediction old = all.get(Math.max(0, i - generation + 1));
        assertThat(recent.add(old)).as("seed=%d, i=%d", seed, i).isFalse();
      }
      Prediction forgotten = all.get(all.size() - 2 * generation - 1);
      assertThat(recent.add(forgotten)).as("seed=%d", seed).isTrue();
    }
  }

  private static Prediction prediction(
      String source,
      String target,
      long timestamp,
      float score,
      long window,
      String version,
      int negatives,
      double rank,
      Float negativeScore) {
    Double recency = negativeScore == null ? null : 1.0;
    return new Prediction(
        source,
        target,
        timestamp,
        score,
        window,
        version,
        0,
        negatives,
        rank,
        1,
        1,
        0,
        false,
        negativeScore,
        recency,
        negativeScore == null ? null : false,
        null,
        null);
  }
}
