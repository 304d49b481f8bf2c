package io.kith.deploy.replay;

import io.kith.deploy.console.Terminal;
import io.kith.deploy.edges.Recording;
import io.kith.deploy.local.ModelFile;
import io.kith.model.Interaction;
import io.kith.model.Weights;
import io.kith.model.WeightsFile;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a file through the model without Kafka. */
@Command(
    name = "replay",
    description = {
      "Run a file of interactions through the model without Kafka, at full speed, and write what comes out.",
      "",
      "  kith replay edges.csv.gz --model m.safetensors --window-ms 1000 --scores scores.csv",
      "",
      "EDGES is CSV under 'source,target,timestamp' (features: 'f0,f1,...') or JSON lines, gzipped or not; timestamps are"
          + " ms. A file that is not in the order of its windows is sorted in memory. Engine and parallelism do not show in"
          + " what is written.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ReplayCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "EDGES", description = "The interactions.")
  Path edges;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Weights. Default: the bundled model.")
  Path model;

  @Option(
      names = "--window-ms",
      paramLabel = "W",
      defaultValue = "1000",
      description =
          "Length of a window, ms; 0 makes each distinct time its own. Default: ${DEFAULT-VALUE}.")
  long windowMs;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "direct",
      description =
          "direct: the model's laps alone; flink: the whole job on an embedded Flink. Default: ${DEFAULT-VALUE}.")
  Engine engine;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads, or subtasks of the job. Default: ${DEFAULT-VALUE}.")
  int parallelism;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "9223372036854775807",
      description = "Only the first N interactions.")
  long limit;

  @Option(
      names = "--scores",
      paramLabel = "FILE",
      description = "Gets timestamp,source,target,score.")
  Path scores;

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description = "Further pairs to score, in the format of EDGES; they are not learned.")
  Path pairs;

  @Option(names = "--pair-scores", paramLabel = "FILE", description = "Gets their scores.")
  Path pairScores;

  @Option(
      names = "--embeddings",
      paramLabel = "FILE",
      description = "Gets id,e0,e1,... of each node after the last window.")
  Path embeddings;

  @Option(
      names = "--records",
      paramLabel = "FILE",
      description = "Gets the integers of each node's record after the last window.")
  Path records;

  @Option(names = "--json", paramLabel = "FILE", description = "Gets the figures, for programs.")
  Path json;

  @Override
  public Integer call() throws Exception {
    checkFlags();
    byte[] weightsFile = model == null ? ModelFile.bundled() : Files.readAllBytes(model);
    Weights weights =
        WeightsFile.read(
            model == null ? "the bundled model" : model.toString(),
            new ByteArrayInputStream(weightsFile));
    List<Interaction> further = pairs == null ? List.of() : Recording.read(pairs, Long.MAX_VALUE);
    ReplayPlan plan =
        new ReplayPlan(
            weightsFile,
            Survey.of(edges, limit, windowMs, weights.sizes().features()),
            windowMs,
            parallelism,
            pairs,
            further,
            scores,
            pairScores,
            embeddings,
            records);
    ReplayProgress progress = new ReplayProgress(Terminal.stderr());
    if (engine == Engine.FLINK) {
      JobReplay.run(plan, weights, progress);
    } else {
      DirectReplay.run(plan, weights, progress);
    }
    progress.report(engine, plan, weights.version(), json);
    return 0;
  }

  private void checkFlags() {
    List<String> faults = new ArrayList<>();
    if ((pairs == null) != (pairScores == null)) {
      faults.add(
          "--pairs and --pair-scores go together: pairs=%s, pair-scores=%s"
              .formatted(pairs, pairScores));
    }
    if (windowMs < 0) {
      faults.add("window negative: window-ms=" + windowMs + ", least=0");
    }
    if (parallelism < 1 || parallelism > ReplayPlan.KEY_GROUPS) {
      faults.add(
          "parallelism out of bounds: parallelism=%d, least=1, most=%d"
              .formatted(parallelism, ReplayPlan.KEY_GROUPS));
    }
    if (!faults.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), faults));
    }
  }
}
