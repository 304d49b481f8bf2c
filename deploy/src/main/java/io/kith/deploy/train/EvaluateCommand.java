package io.kith.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.deploy.console.Terminal;
import io.kith.model.Weights;
import io.kith.model.WeightsFile;
import io.kith.model.evaluate.Accuracy;
import io.kith.model.evaluate.Batching;
import io.kith.model.evaluate.LinkFigures;
import io.kith.model.evaluate.UnseenNodes;
import io.kith.model.train.AccuracyStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures accuracy as the literature does. */
@Command(
    name = "evaluate",
    description = {
      "Measure accuracy on the last 15 %% of a file of interactions (by time), beside EdgeBank and the recency rule.",
      "",
      "  kith evaluate edges.csv.gz --model model.safetensors",
      "  kith evaluate edges.csv.gz --seeds 1,2,3",
      "",
      "With --model those weights are measured (they must not have seen the last 15 %%); without, a model is trained for each"
          + " seed, and once more without a tenth of the nodes for the inductive figures.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "CSV or JSON lines, gzipped or not.")
  Path file;

  @Option(names = "--model", paramLabel = "FILE", description = "Weights to measure.")
  Path model;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,3",
      description =
          "Seeds of training and negatives; figures are means. Default: ${DEFAULT-VALUE}.")
  long[] seeds;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Interactions read from the same records. Default: ${DEFAULT-VALUE}.")
  int batch;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Epochs of training at most. Default: ${DEFAULT-VALUE}.")
  int epochs;

  @Option(names = "--json", paramLabel = "FILE", description = "Gets the figures, for programs.")
  Path json;

  private final Terminal terminal = Terminal.stderr();

  @Override
  public Integer call() throws IOException {
    AccuracyStudy study = new AccuracyStudy(TrainCommand.read(file));
    Map<String, Accuracy> settings = new LinkedHashMap<>();
    List<Accuracy> transductive = new ArrayList<>();
    List<Accuracy> inductive = new ArrayList<>();
    for (long seed : seeds) {
      terminal.print("Seed " + seed);
      transductive.add(study.test(weights(study, seed), Batching.count(batch), seed));
      if (model == null) {
        UnseenNodes unseen = study.unseenNodes(seed);
        Weights without =
            study
                .train(unseen, TrainCommand.settings(seed, epochs), new TrainingDisplay(terminal))
                .weights();
        inductive.add(study.test(without, unseen, Batching.count(batch), seed));
      }
    }
    settings.put("transductive", Accuracy.mean(transductive));
    if (!inductive.isEmpty()) {
      settings.put("inductive", Accuracy.mean(inductive));
    }
    terminal.erase();
    settings.forEach(this::print);
    if (json != null) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("seeds", seeds);
      figures.put("batch", batch);
      figures.putAll(settings);
      Files.writeString(
          json,
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
    }
    return 0;
  }

  private Weights weights(AccuracyStudy study, long seed) {
    return model == null
        ? study.train(TrainCommand.settings(seed, epochs), new TrainingDisplay(terminal)).weights()
        : WeightsFile.read(model);
  }

  private void print(String setting, Accuracy accuracy) {
    System.out.printf("%-14s   AP/32     AP    AUC   MRR random   MRR historical%n", setting);
    row("Kith", accuracy.model());
    row("recency rule", accuracy.recencyRule());
    row("EdgeBank", accuracy.edgeBank());
  }

  private static void row(String name, LinkFigures f) {
    System.out.printf(
        "  %-12s  %6.2f %6.2f %6.2f       %6.2f           %6.2f%n",
        name,
        100 * f.apOfBatches(),
        100 * f.ap(),
        100 * f.auc(),
        100 * f.mrrRandom(),
        100 * f.mrrHistorical());
  }
}
