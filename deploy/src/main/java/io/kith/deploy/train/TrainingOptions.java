package io.kith.deploy.train;

import io.kith.model.train.TrainingSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say how a model is trained. */
final class TrainingOptions {
  private static final TrainingSettings USUAL = TrainingSettings.of(1);

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs at most. Default: ${DEFAULT-VALUE}.")
  int epochs = USUAL.epochs();

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Epochs without a better validation before training stops. Default: ${DEFAULT-VALUE}.")
  int patience = USUAL.patience();

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "Of Adam. Default: ${DEFAULT-VALUE}.")
  double learningRate = USUAL.learningRate();

  @Option(
      names = "--step",
      paramLabel = "N",
      description =
          "Interactions a step of training, all read from the same records. Default: ${DEFAULT-VALUE}.")
  int step = USUAL.batch();

  @Mixin SizeOptions sizes;

  /**
   * The settings asked for.
   *
   * @param features of an interaction
   * @throws IllegalArgumentException naming what is out of bounds
   */
  TrainingSettings settings(int features, long seed) {
    return new TrainingSettings(sizes.sizes(features), seed, epochs, learningRate, step, patience);
  }
}
