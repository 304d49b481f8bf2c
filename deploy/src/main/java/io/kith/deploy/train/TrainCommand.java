package io.kith.deploy.train;

import io.kith.deploy.CommandException;
import io.kith.deploy.console.Terminal;
import io.kith.model.WeightsFile;
import io.kith.model.train.TrainingResult;
import io.kith.model.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a model. */
@Command(
    name = "train",
    description = {
      "Train a model on the first 70 %% of a file of interactions (by time); the next 15 %% choose the epoch, the last 15 %%"
          + " are not looked at. The same file, flags and seed give the same weights, bit for bit.",
      "",
      "  kith train edges.csv.gz --out model.safetensors",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
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

  @Mixin TrainingOptions training;

  @Override
  public Integer call() throws IOException, CommandException {
    training.check();
    Terminal terminal = Terminal.stderr();
    Material material = Material.read(file);
    terminal.print(material.summary());
    TrainingSettings settings = training.settings(material.features(), seed);
    terminal.print("Seed " + seed + ", " + settings.sizes());
    TrainingResult result = material.study().train(settings, new TrainingDisplay(terminal));
    WeightsFile.write(result.weights(), out);
    terminal.print(
        "Weights of epoch %d, version %s: %s"
            .formatted(result.best(), result.weights().version(), out));
    return 0;
  }
}
