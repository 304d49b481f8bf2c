package io.kith.deploy;

import io.kith.deploy.console.Terminal;
import io.kith.deploy.edges.Interactions;
import io.kith.model.Interaction;
import io.kith.model.WeightsFile;
import io.kith.model.train.AccuracyStudy;
import io.kith.model.train.TrainingResult;
import io.kith.model.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a model. */
@Command(
    name = "train",
    description = {
      "Train a model on the first 70 %% of a file of interactions (by time); the next 15 %% choose the epoch, the last 15 %%"
          + " are not looked at.",
      "",
      "  kith train edges.csv.gz --out model.safetensors",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "CSV or JSON lines, gzipped or not.")
  Path file;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Gets the weights.")
  Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the first weights and the drawn targets. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Epochs at most. Default: ${DEFAULT-VALUE}.")
  int epochs;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.stderr();
    AccuracyStudy study = new AccuracyStudy(read(file));
    TrainingResult result = study.train(settings(seed, epochs), new TrainingDisplay(terminal));
    WeightsFile.write(result.weights(), out);
    terminal.print(
        "Weights of epoch %d, version %s: %s"
            .formatted(result.best(), result.weights().version(), out));
    return 0;
  }

  static TrainingSettings settings(long seed, int epochs) {
    TrainingSettings usual = TrainingSettings.of(seed);
    return new TrainingSettings(
        usual.sizes(), seed, epochs, usual.learningRate(), usual.batch(), usual.patience());
  }

  static List<Interaction> read(Path file) throws IOException {
    List<Interaction> all = new ArrayList<>();
    try (Interactions interactions = new Interactions(file, Long.MAX_VALUE)) {
      interactions.forEachRemaining(all::add);
    }
    return all;
  }
}
