package io.kith.deploy.train;

import io.kith.model.train.TrainingSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags that say how a model is trained. */
final class TrainingOptions {
  private static final TrainingSettings USUAL = TrainingSettings.of(1);

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

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
   * @throws ParameterException naming what is out of bounds
   */
  TrainingSettings settings(int features, long seed) {
    try {
      return new TrainingSettings(
          sizes.sizes(features), seed, epochs, learningRate, step, patience);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /** Finds what is out of bounds before a file is read. */
  void check() {
    settings(0, 0);
  }
}
