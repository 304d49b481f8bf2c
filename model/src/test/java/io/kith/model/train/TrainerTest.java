package io.kith.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kith.model.GoldenFiles;
import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.evaluate.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final ModelSizes SMALL =
      new ModelSizes(
          8, 2, 0, 4, 8, 8, 4, 16, 0, List.of(21_600_000L, 1_209_600_000L), List.of(86_400_000L));

  private static final int TRAINING = 2_000;

  private final List<Interaction> interactions =
      new GoldenFiles("uci").interactions("edges").subList(0, 2_500);

  private static TrainingSettings settings(long seed, int epochs) {
    return new TrainingSettings(SMALL, seed, epochs, 3e-3, 50, 2);
  }

  @Test
  void trainingLearnsToTellInteractionsFromOthers() {
    List<EpochReport> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(EpochReport report, boolean best) {
            heard.add(report);
          }
        };

    TrainingResult result =
        Trainer.train(Timeline.of(interactions), TRAINING, settings(1, 4), listener);

    assertThat(heard).isEqualTo(result.epochs());
    EpochReport first = result.epochs().get(0);
    EpochReport best = result.epochs().get(result.best() - 1);
    assertThat(best.averagePrecision()).isGreaterThan(0.85);
    assertThat(best.quality()).isGreaterThan(first.quality());
    assertThat(best.loss()).isLessThan(first.loss());
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherSeedOthers() {
    String version = train(5);
    assertThat(train(5)).isEqualTo(version);
    assertThat(train(6)).isNotEqualTo(version);
  }

  private String train(long seed) {
    return train(interactions, TRAINING, seed).weights().version();
  }

  private static TrainingResult train(List<Interaction> interactions, int training, long seed) {
    return Trainer.train(
        Timeline.of(interactions), training, settings(seed, 1), TrainingListener.NONE);
  }

  @Test
  void trainingWithNothingToValidateOnIsRefused() {
    assertThatThrownBy(() -> train(interactions, 2_500, 1))
        .hasMessage("too little to train on: training=2500, validation=0");
  }

  @Test
  void anInteractionOfAnotherDimensionIsRefused() {
    List<Interaction> odd = new ArrayList<>(interactions);
    odd.add(0, new Interaction("a", "b", 1, new float[] {1f, 2f}));
    assertThatThrownBy(() -> train(odd, TRAINING, 1))
        .hasMessage(
            "interaction of another dimension: interaction=a -> b at 1 [1.0, 2.0], features=2,"
                + " expected=0");
  }

  @Test
  void allFaultsOfTheSettingsAreNamed() {
    assertThatThrownBy(() -> new TrainingSettings(SMALL, 1, 0, 2, 0, 0))
        .hasMessage(
            "training: too few epochs: epochs=0, least=1; learning rate not in (0, 1]:"
                + " learning-rate=2.0; batch too small: batch=0, least=1; patience too short:"
                + " patience=0, least=1");
  }
}
