package io.kith.bench;

import io.kith.deploy.console.Terminal;
import io.kith.deploy.local.Folders;
import io.kith.model.Kernels;
import io.kith.model.ModelSizes;
import io.kith.model.RecordFormat;
import io.kith.operators.StoredRecord;
import io.kith.state.RecordLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code kith bench} command: measures this machine, one row after another. */
@Command(
    name = "kith bench",
    description = {
      "Measure how fast Kith is on this machine, with the stream and the model that come with it.",
      "",
      "  kith bench",
      "  kith bench --only replay --only candidate --repeats 11",
      "",
      "Prints the median of each row, then the least and the greatest of its rounds. Takes some five minutes; other work on"
          + " the machine shows in the figures. The row store-4000k takes 9 GB of memory, and those with lists another minute, so only who names them gets them.",
      "",
      "  kith bench --growth",
      "",
      "Prints instead how the speed changes with nodes (to 4 million: 9 GB), their activity, features and parallelism;"
          + " some ten minutes.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Bench implements Callable<Integer> {
  private static final int LEAST_REPEATS = 1;
  private static final int LISTED = 10;
  private static final int FEW_NODES = 100_000;
  private static final int MANY_NODES = 4_000_000;

  /** Default sizes. */
  private static final RecordLayout LAYOUT = StoredRecord.layout(ModelSizes.DEFAULT);

  @Spec CommandSpec spec;

  @Option(
      names = "--only",
      paramLabel = "ROW",
      description = "Only this row; may be given again. Rows: ${COMPLETION-CANDIDATES}.",
      completionCandidates = RowNames.class)
  List<String> only = List.of();

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds of each row, after its warm-up. Default: ${DEFAULT-VALUE}.")
  int repeats;

  @Option(names = "--growth", description = "Print how the speed changes with nodes and features.")
  boolean growth;

  /** For the help. */
  static final class RowNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    RowNames() {
      measures(null).forEach(measure -> add(measure.name()));
    }
  }

  private static List<Measure> measures(BenchStream stream) {
    ReplaySpeed replay = new ReplaySpeed(stream);
    return List.of(
        replay,
        new ReplayAllocation(stream, replay, false),
        new ReplayAllocation(stream, replay, true),
        new CandidateTime(stream),
        new TrainingSpeed(stream),
        new JobSpeed(stream, 1, 0, "20, better 40"),
        new JobSpeed(stream, 2, 0, "1.6 times as much, better 1.9"),
        new JobSpeed(stream, 1, LISTED, ""),
        new JobSpeed(stream, 2, LISTED, ""),
        new KafkaSpeed(stream, RecordFormat.JSON, "10, better 20"),
        new KafkaSpeed(stream, RecordFormat.CBOR, "15, better 30"),
        new KafkaLatency(stream),
        new NodeBytes(LAYOUT),
        new StoreTime(LAYOUT, FEW_NODES, ""),
        new StoreTime(LAYOUT, MANY_NODES, "1.5 times that of 100,000"),
        new PlainKernel(),
        new PlainCopy());
  }

  /** Runs the command and ends the process. */
  public static void main(String[] arguments) {
    CommandLine bench = new CommandLine(new Bench());
    bench.setUsageHelpAutoWidth(true);
    System.exit(bench.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    check();
    Terminal terminal = Terminal.stdout();
    Path folder = Files.createTempDirectory("kith-bench");
    try {
      if (growth) {
        Growth.print(terminal, repeats);
        return 0;
      }
      terminal.print(
          "%d processors, %,d MiB of heap at most, Java %s, %s"
              .formatted(
                  Runtime.getRuntime().availableProcessors(),
                  Runtime.getRuntime().maxMemory() >> 20,
                  Runtime.version(),
                  Kernels.choice()));
      terminal.print("%-72s %10s %20s   %s".formatted("", "median", "least to greatest", "target"));
      for (Measure measure : measures(BenchStream.load(folder))) {
        if (only.isEmpty() ? measure.isUsual() : only.contains(measure.name())) {
          terminal.print(row(measure, measured(measure, terminal)));
        }
      }
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private void check() {
    List<String> known = new RowNames();
    for (String name : only) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "no such row: rows are %s; only=%s".formatted(known, name));
      }
    }
    if (repeats < LEAST_REPEATS) {
      throw new ParameterException(
          spec.commandLine(),
          "too few rounds: repeats=%d, least=%d".formatted(repeats, LEAST_REPEATS));
    }
  }

  private double[] measured(Measure measure, Terminal terminal) throws Exception {
    return measure.run(
        repeats,
        step -> {
          String line = measure.name() + ": " + step;
          terminal.show(List.of(line), line);
        });
  }

  private static String row(Measure measure, double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%-72s %10.2f %20s   %s",
        measure.what(),
        sorted[sorted.length / 2],
        String.format(Locale.ROOT, "%.2f to %.2f", sorted[0], sorted[sorted.length - 1]),
        measure.target());
  }
}
