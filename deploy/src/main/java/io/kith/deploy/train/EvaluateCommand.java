package io.kith.deploy.train;

import io.kith.deploy.CommandException;
import io.kith.deploy.console.Terminal;
import io.kith.model.Weights;
import io.kith.model.WeightsFile;
import io.kith.model.evaluate.Batching;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures accuracy as the literature does. */
@Command(
    name = "evaluate",
    description = {
      "Measure accuracy on the last 15 %% of a file of interactions (by time), beside EdgeBank and the recency rule.",
      "",
      "  kith evaluate edges.csv.gz --model model.safetensors",
      "  kith evaluate edges.csv.gz --seeds 1,2,3 --inductive",
      "  kith evaluate edges.csv.gz --who-next",
      "",
      "With --model those weights are measured (they must not have seen the last 15 %%); without, a model is trained for each"
          + " seed. AP and AUC: one random negative each. MRR: among 100 random negatives; among 50 of the source's own earlier"
          + " targets and 50 random ones. Figures are means over the seeds, in percent.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {
  private static final int AUTHORS_BATCH = 32;
  private static final int BENCHMARK_BATCH = 200;
  private static final long WHO_NEXT_WINDOW_MS = 1_000;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "CSV or JSON lines, gzipped or not.")
  Path file;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Weights to measure. Default: train.")
  Path model;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2,3",
      description = "Seeds of training and of the negatives. Default: ${DEFAULT-VALUE}.")
  long[] seeds;

  @Option(
      names = "--inductive",
      description =
          "Also train without a tenth of the nodes, and measure on the interactions that touch them.")
  boolean inductive;

  @Option(
      names = "--all-targets",
      description =
          "Rank among all targets instead, as tgbl-wiki-v2 does; the batch is then 200 by default.")
  boolean allTargets;

  @Option(
      names = "--who-next",
      description =
          "Measure instead how well each source's next partner is listed: Recall@k and MRR of the list that"
              + " 'kith run' recommends, beside the last partners, the most frequent targets and EdgeBank."
              + " Windows of 1 s by default.")
  boolean whoNext;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "1",
      description = "With --all-targets: rank one in N interactions. Default: ${DEFAULT-VALUE}.")
  int every;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Interactions read from the same records. Default: 32.")
  Integer batch;

  @Option(
      names = "--window-ms",
      paramLabel = "W",
      description =
          "Event-time windows of W ms instead of batches; 0 makes each distinct time its own.")
  Long windowMs;

  @Option(names = "--json", paramLabel = "FILE", description = "Gets the figures, for programs.")
  Path json;

  @Mixin TrainingOptions training;

  private final Terminal terminal = Terminal.stderr();

  @Override
  public Integer call() throws IOException, CommandException {
    checkFlags();
    training.check();
    Material material = Material.read(file);
    terminal.print(material.summary());
    Figures figures = new Figures();
    Batching batching = batching(figures);
    figures.note("seeds", seeds);
    Weights given = model == null ? null : WeightsFile.read(model);
    Trials trials = new Trials(material, training, batching, seeds, given, terminal);
    if (whoNext) {
      figures.add("who next", trials.whoNext());
    } else if (allTargets) {
      figures.note("every", every);
      figures.add("transductive", trials.allTargets(every));
    } else {
      figures.add("transductive", trials.transductive());
      if (inductive) {
        figures.add("inductive", trials.inductive());
      }
    }
    System.out.print(figures.table());
    if (json != null) {
      figures.write(json);
    }
    return 0;
  }

  private Batching batching(Figures figures) {
    if (windowMs != null) {
      figures.note("windowMs", windowMs);
      return Batching.window(windowMs);
    }
    if (whoNext && batch == null) {
      figures.note("windowMs", WHO_NEXT_WINDOW_MS);
      return Batching.window(WHO_NEXT_WINDOW_MS);
    }
    int usual = allTargets ? BENCHMARK_BATCH : AUTHORS_BATCH;
    int size = batch == null ? usual : batch;
    figures.note("batch", size);
    return Batching.count(size);
  }

  private void checkFlags() {
    List<String> faults = new ArrayList<>();
    if (batch != null && windowMs != null) {
      faults.add(
          "give --batch or --window-ms, not both: batch=%d, window-ms=%d"
              .formatted(batch, windowMs));
    }
    if (inductive && (model != null || allTargets)) {
      faults.add(
          "--inductive trains a model of its own, so it goes with neither --model nor --all-targets: model=%s, all-targets=%s"
              .formatted(model, allTargets));
    }
    if (whoNext && (inductive || allTargets)) {
      faults.add(
          "--who-next goes with neither --inductive nor --all-targets: inductive=%s, all-targets=%s"
              .formatted(inductive, allTargets));
    }
    if (every < 1) {
      faults.add("too few are ranked: every=" + every + ", least=1");
    }
    if (seeds.length == 0) {
      faults.add("no seed: seeds=");
    }
    if (!faults.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), faults));
    }
  }
}
