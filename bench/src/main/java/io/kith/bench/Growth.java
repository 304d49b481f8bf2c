package io.kith.bench;

import io.kith.bench.SyntheticStream.Activity;
import io.kith.deploy.console.Terminal;
import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.Weights;
import io.kith.operators.LocalReplay;
import io.kith.operators.Retention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How the speed of a replay changes with the number of nodes, with how unevenly active they are,
 * with features, and with parallelism, and the job's with a hub and with parallelism. In a replay
 * all nodes have a record before the clock starts; windows hold {@value JobSpeed#PER_WINDOW}
 * interactions. Weights are random: they do not show in the speed.
 */
final class Growth {
  private static final int KEY_GROUPS = 128;
  private static final int NEGATIVES = 1;
  private static final int INTERACTIONS = 100_000;
  private static final double PER_MILLI = 1e6;

  private static final int[] NODES = {10_000, 100_000, 1_000_000, 4_000_000};
  private static final int[] FEATURES = {16, 172};
  private static final int MEDIUM = 100_000;

  private Growth() {}

  /** Prints the table, a row after each measurement; {@code repeats} rounds of each. */
  static void print(Terminal terminal, int repeats) throws Exception {
    terminal.print(
        "%-7s %10s %-9s %9s %12s %10s %20s"
            .formatted(
                "what",
                "nodes",
                "activity",
                "features",
                "parallelism",
                "k/s",
                "least to greatest"));
    for (Activity activity : List.of(Activity.UNIFORM, Activity.ZIPF)) {
      for (int nodes : NODES) {
        row(terminal, new SyntheticStream(nodes, activity, 0), 1, repeats);
      }
    }
    for (int features : FEATURES) {
      row(terminal, new SyntheticStream(MEDIUM, Activity.UNIFORM, features), 1, repeats);
    }
    row(terminal, new SyntheticStream(MEDIUM, Activity.HUB, 0), 1, repeats);
    row(terminal, new SyntheticStream(MEDIUM, Activity.UNIFORM, 0), 2, repeats);
    row(terminal, new SyntheticStream(MEDIUM, Activity.HUB, 0), 2, repeats);
    for (Activity activity : List.of(Activity.UNIFORM, Activity.HUB)) {
      for (int parallelism : new int[] {1, 2}) {
        jobRow(terminal, new SyntheticStream(MEDIUM, activity, 0), parallelism, repeats);
      }
    }
  }

  private static void row(Terminal terminal, SyntheticStream stream, int parallelism, int repeats) {
    double[] speeds = new double[repeats];
    try (LocalReplay replay =
        new LocalReplay(
            Weights.random(sizes(stream.features()), 1),
            new LocalReplay.Settings(
                JobSpeed.WINDOW_MS,
                NEGATIVES,
                KEY_GROUPS,
                parallelism,
                Retention.ofAll(stream.nodes())))) {
      say(terminal, "%,d nodes: each once".formatted(stream.nodes()));
      replay.run(stream.everyNode(), List.of(), (interaction, prediction) -> {});
      List<Interaction> all = stream.interactions((repeats + 1) * INTERACTIONS, 1);
      for (int i = -1; i < repeats; i++) {
        say(terminal, "%,d nodes: round %d of %d".formatted(stream.nodes(), i + 1, repeats));
        List<Interaction> part = all.subList((i + 1) * INTERACTIONS, (i + 2) * INTERACTIONS);
        long start = System.nanoTime();
        replay.run(part.iterator(), List.of(), (interaction, prediction) -> {});
        if (i >= 0) {
          speeds[i] = INTERACTIONS * PER_MILLI / (System.nanoTime() - start);
        }
      }
    }
    print(terminal, "replay", stream, parallelism, speeds);
  }

  /** The whole job; each node's first interaction counts as well. */
  private static void jobRow(
      Terminal terminal, SyntheticStream stream, int parallelism, int repeats) throws Exception {
    List<Interaction> all = new ArrayList<>();
    stream.everyNode().forEachRemaining(all::add);
    all.addAll(stream.interactions(INTERACTIONS, 1));
    Weights weights = Weights.random(sizes(stream.features()), 1);
    JobSpeed job = new JobSpeed(new BenchStream(all, stream.nodes(), weights), parallelism, 0, "");
    String what = "the job, %,d nodes: ".formatted(stream.nodes());
    double[] speeds = job.run(repeats, step -> say(terminal, what + step));
    print(terminal, "job", stream, parallelism, speeds);
  }

  private static void print(
      Terminal terminal, String what, SyntheticStream stream, int parallelism, double[] speeds) {
    Arrays.sort(speeds);
    terminal.print(
        String.format(
            Locale.ROOT,
            "%-7s %,10d %-9s %9d %12d %10.1f %20s",
            what,
            stream.nodes(),
            stream.activity().name().toLowerCase(Locale.ROOT),
            stream.features(),
            parallelism,
            speeds[speeds.length / 2],
            String.format(Locale.ROOT, "%.1f to %.1f", speeds[0], speeds[speeds.length - 1])));
  }

  private static void say(Terminal terminal, String line) {
    terminal.show(List.of(line), line);
  }

  private static ModelSizes sizes(int features) {
    ModelSizes d = ModelSizes.DEFAULT;
    return new ModelSizes(
        d.self(),
        d.neighbour(),
        features,
        d.time(),
        d.hop1(),
        d.hop2(),
        d.bucket(),
        d.hidden(),
        d.sketch(),
        d.activityScales(),
        d.pairScales());
  }
}
