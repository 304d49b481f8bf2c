package io.kith.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kith.deploy.console.Terminal;
import io.kith.deploy.edges.Interactions;
import io.kith.deploy.local.ModelFile;
import io.kith.model.Interaction;
import io.kith.model.Weights;
import io.kith.model.WeightsFile;
import io.kith.operators.LocalReplay;
import io.kith.operators.ReplayFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
          + " ms. A file that is not in the order of its windows is sorted in memory.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {
  private static final int SHOW_EVERY = 2048;
  private static final int KEY_GROUPS = 128;

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

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads; the result has the same bytes. Default: ${DEFAULT-VALUE}.")
  int parallelism;

  @Option(names = "--json", paramLabel = "FILE", description = "Gets the figures, for programs.")
  Path json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "9223372036854775807",
      description = "Only the first N interactions.")
  long limit;

  private final Terminal terminal = Terminal.stderr();
  private final Set<String> ids = new LinkedHashSet<>();
  private long done;
  private long begun;

  @Override
  public Integer call() throws IOException {
    if ((pairs == null) != (pairScores == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--pairs and --pair-scores go together: pairs=%s, pair-scores=%s"
              .formatted(pairs, pairScores));
    }
    byte[] file = model == null ? ModelFile.bundled() : Files.readAllBytes(model);
    Weights weights =
        WeightsFile.read(
            model == null ? "the bundled model" : model.toString(), new ByteArrayInputStream(file));
    boolean inOrder = survey();
    LocalReplay.Settings settings =
        new LocalReplay.Settings(windowMs, 0, KEY_GROUPS, parallelism, Math.max(1, ids.size()));
    try (LocalReplay replay = new LocalReplay(weights, settings)) {
      begun = System.nanoTime();
      run(replay, inOrder);
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (embeddings != null) {
        try (Writer out = Files.newBufferedWriter(embeddings)) {
          ReplayFiles.embeddings(out, weights.sizes(), replay, ids);
        }
      }
      if (records != null) {
        try (Writer out = Files.newBufferedWriter(records)) {
          ReplayFiles.records(out, weights.sizes(), replay, ids);
        }
      }
      report(weights, seconds);
    }
    return 0;
  }

  /** Reads the file once for its nodes and its order. */
  private boolean survey() throws IOException {
    try (Interactions all = new Interactions(edges, limit)) {
      Iterator<Interaction> seen =
          new Iterator<>() {
            @Override
            public boolean hasNext() {
              return all.hasNext();
            }

            @Override
            public Interaction next() {
              Interaction next = all.next();
              ids.add(next.source());
              ids.add(next.target());
              return next;
            }
          };
      boolean inOrder = LocalReplay.inOrder(seen, windowMs);
      seen.forEachRemaining(interaction -> {});
      return inOrder;
    }
  }

  private void run(LocalReplay replay, boolean inOrder) throws IOException {
    List<Interaction> further = pairs == null ? List.of() : readAll(pairs, Long.MAX_VALUE);
    try (Writer out = scores == null ? Writer.nullWriter() : Files.newBufferedWriter(scores);
        Interactions file = new Interactions(edges, limit)) {
      ReplayFiles.scoresHeader(out);
      Iterator<Interaction> ordered = inOrder ? file : sorted();
      replay.run(
          ordered,
          further,
          (interaction, prediction) -> {
            if (scores != null) {
              ReplayFiles.score(out, interaction, prediction.score());
            }
            show();
          });
    }
    terminal.erase();
    if (pairScores != null) {
      try (Writer out = Files.newBufferedWriter(pairScores)) {
        ReplayFiles.scoresHeader(out);
        for (int i = 0; i < further.size(); i++) {
          ReplayFiles.score(out, further.get(i), replay.pairScores()[i]);
        }
      }
    }
  }

  private Iterator<Interaction> sorted() throws IOException {
    List<Interaction> all = readAll(edges, limit);
    all.sort(Interaction.CANONICAL);
    return all.iterator();
  }

  private static List<Interaction> readAll(Path path, long limit) throws IOException {
    List<Interaction> all = new ArrayList<>();
    try (Interactions file = new Interactions(path, limit)) {
      file.forEachRemaining(all::add);
    }
    return all;
  }

  private void show() {
    if (++done % SHOW_EVERY == 0) {
      double seconds = (System.nanoTime() - begun) / 1e9;
      String line = "%,d interactions, %,.0f/s".formatted(done, done / seconds);
      terminal.show(List.of(line), line);
    }
  }

  private void report(Weights weights, double seconds) throws IOException {
    terminal.print(
        "Replayed %,d interactions of %,d nodes in %.1f s (%,.0f/s)"
            .formatted(done, ids.size(), seconds, done / seconds));
    if (json != null) {
      ObjectNode figures = new ObjectMapper().createObjectNode();
      figures.put("interactions", done);
      figures.put("nodes", ids.size());
      figures.put("windowMs", windowMs);
      figures.put("parallelism", parallelism);
      figures.put("modelVersion", weights.version());
      figures.put("seconds", seconds);
      figures.put("interactionsPerSecond", done / seconds);
      Files.writeString(json, figures.toPrettyString() + "\n");
    }
  }
}
