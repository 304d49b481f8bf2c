package io.kith.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.GoldenFiles;
import io.kith.model.ModelSizes;
import io.kith.model.evaluate.Accuracy;
import io.kith.model.evaluate.Batching;
import io.kith.model.evaluate.UnseenNodes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole experiment, on the first interactions of CollegeMsg. */
class AccuracyStudyTest {
  private static final long SEED = 1;
  private static final ModelSizes SIZES =
      new ModelSizes(16, 4, 0, 4, 16, 8, 8, 32, 0, List.of(21_600_000L), List.of(1_209_600_000L));
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(SIZES, SEED, 2, 3e-3, 50, 1);

  private final AccuracyStudy study =
      new AccuracyStudy(new GoldenFiles("uci").interactions("edges").subList(0, 4_000));

  @Test
  void aTrainedModelIsAheadOfBothRules() {
    TrainingResult trained = study.train(SETTINGS, TrainingListener.NONE);

    Accuracy accuracy = study.test(trained.weights(), Batching.count(32), SEED);

    assertThat(accuracy.model().apOfBatches()).isGreaterThan(accuracy.recencyRule().apOfBatches());
    assertThat(accuracy.recencyRule().apOfBatches())
        .isGreaterThan(accuracy.edgeBank().apOfBatches());
    assertThat(accuracy.model().mrrHistorical()).isBetween(0.5, 1.0);
  }

  @Test
  void aModelThatNeverSawATenthOfTheNodesPredictsThem() {
    UnseenNodes unseen = study.unseenNodes(SEED);
    TrainingResult trained = study.train(unseen, SETTINGS, TrainingListener.NONE);

    Accuracy accuracy = study.test(trained.weights(), unseen, Batching.window(0), SEED);

    assertThat(accuracy.model().apOfBatches()).isGreaterThan(0.85);
  }
}
