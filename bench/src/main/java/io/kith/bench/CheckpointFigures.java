package io.kith.bench;

import io.kith.deploy.local.ModelFile;
import io.kith.operators.DeadLetter;
import io.kith.operators.InProcessSink;
import io.kith.operators.KithJob;
import io.kith.operators.OutputRecord;
import io.kith.operators.ScriptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What a checkpoint costs when few of many nodes have changed, and what a restore costs: the whole
 * job with its own state backend, a source in memory, parallelism 1, a checkpoint every 10 s.
 *
 * <pre>
 *   mvn -q -pl bench -am package -DskipTests
 *   java @deploy/jvm.options -cp 'bench/target/classes:bench/target/lib/*' io.kith.bench.CheckpointFigures 1000000
 * </pre>
 */
public final class CheckpointFigures {
  private static final int INTERVAL_SECONDS = 10;
  private static final int CHECKPOINTS = 5;
  private static final long PATIENCE_MINUTES = 20;
  private static final double[] CHANGED = {0.001, 0.01, 0.1};
  private static final double MIB = 1 << 20;

  private final int nodes;
  private final int checkpoints;
  private final Path folder;
  private final AtomicLong predictions = new AtomicLong();
  private final InProcessSink<OutputRecord> predictionSink =
      InProcessSink.to(record -> predictions.incrementAndGet());
  private final InProcessSink<OutputRecord> embeddingSink = InProcessSink.to(record -> {});
  private final InProcessSink<DeadLetter> deadLetterSink = InProcessSink.to(letter -> {});

  private CheckpointFigures(int nodes, int checkpoints, Path folder) {
    this.nodes = nodes;
    this.checkpoints = checkpoints;
    this.folder = folder;
  }

  /** Arguments: nodes, a million by default; checkpoints a row, 5 by default. */
  public static void main(String[] args) throws Exception {
    int nodes = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("kith-checkpoints");
    try {
      int checkpoints = args.length < 2 ? CHECKPOINTS : Integer.parseInt(args[1]);
      new CheckpointFigures(nodes, checkpoints, folder).run();
    } finally {
      delete(folder);
    }
  }

  private void run() throws Exception {
    PacedPairs script = new PacedPairs(nodes, CHANGED, INTERVAL_SECONDS, checkpoints);
    MiniCluster cluster = cluster();
    cluster.start();
    try {
      long start = System.nanoTime();
      JobID job = submit(cluster, script, new Configuration());
      await(script.loading(), "loading");
      System.out.printf(
          "%,d nodes by %,d interactions in %.0f s%n", nodes, script.loading(), seconds(start));
      System.out.println("changed   pause ms (max)   whole s (max)   written MiB   state MiB");
      for (int phase = 0; phase < CHANGED.length; phase++) {
        long from = System.currentTimeMillis();
        await(script.endOf(phase), "%.1f %% changed".formatted(100 * CHANGED[phase]));
        print(CHANGED[phase], checkpointsSince(cluster, job, from));
      }
      cluster.cancelJob(job).get();
      cluster.requestJobResult(job).get();
      restore(cluster, script);
    } finally {
      cluster.close();
    }
  }

  private MiniCluster cluster() {
    return new MiniCluster(
        new MiniClusterConfiguration.Builder()
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(1)
            .withRandomPorts()
            .build());
  }

  private JobID submit(MiniCluster cluster, PacedPairs script, Configuration flink)
      throws Exception {
    Configuration settings = new Configuration();
    settings.setString("nodes", String.valueOf(nodes));
    settings.setString("negatives", "0");
    settings.setString("window", "100 ms");
    settings.setString("out-of-orderness", "0 s");
    settings.setString("idle-timeout", "0 s");
    settings.setString("checkpoint-interval", INTERVAL_SECONDS + " s");
    settings.setString("checkpoint-dir", folder.toUri().toString());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    KithJob.build(
        env,
        settings,
        ModelFile.bundled(),
        new KithJob.Ends(
            new ScriptSource<>(script, Boundedness.CONTINUOUS_UNBOUNDED, 1),
            null,
            predictionSink,
            embeddingSink,
            null,
            deadLetterSink));
    return cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
  }

  /** The first prediction after a restore needs all records to be back. */
  private void restore(MiniCluster cluster, PacedPairs script) throws Exception {
    Configuration flink = new Configuration();
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, newestCheckpoint().toUri().toString());
    long before = predictions.get();
    long start = System.nanoTime();
    submit(cluster, script, flink);
    await(before + 1, "restore");
    System.out.printf("restored, first prediction after %.1f s%n", seconds(start));
  }

  private Path newestCheckpoint() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .orElseThrow()
          .getParent();
    }
  }

  private void await(long count, String what) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    long shown = System.nanoTime();
    while (predictions.get() < count) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s does not end: predictions=%d, expected=%d"
                .formatted(what, predictions.get(), count));
      }
      if (seconds(shown) > INTERVAL_SECONDS) {
        shown = System.nanoTime();
        System.err.printf("  %s: %,d of %,d interactions%n", what, predictions.get(), count);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Checkpoints triggered a whole interval after a moment: what they write changed since then. */
  private static List<AbstractCheckpointStats> checkpointsSince(
      MiniCluster cluster, JobID job, long from) throws Exception {
    List<AbstractCheckpointStats> since = new ArrayList<>();
    for (AbstractCheckpointStats checkpoint :
        cluster
            .getExecutionGraph(job)
            .get()
            .getCheckpointStatsSnapshot()
            .getHistory()
            .getCheckpoints()) {
      if (checkpoint.getStatus() == CheckpointStatsStatus.COMPLETED
          && checkpoint.getTriggerTimestamp() - from
              > TimeUnit.SECONDS.toMillis(INTERVAL_SECONDS)) {
        since.add(checkpoint);
      }
    }
    return since;
  }

  private static void print(double changed, List<AbstractCheckpointStats> checkpoints) {
    System.out.printf(
        "%6.1f %%   %8d (%4d)   %7.1f (%4.1f)   %11.1f   %9.0f   (%d checkpoints)%n",
        100 * changed,
        median(checkpoints.stream().map(CheckpointFigures::pause).toList()),
        checkpoints.stream().mapToLong(CheckpointFigures::pause).max().orElse(-1),
        median(checkpoints.stream().map(AbstractCheckpointStats::getEndToEndDuration).toList())
            / 1e3,
        checkpoints.stream()
                .mapToLong(AbstractCheckpointStats::getEndToEndDuration)
                .max()
                .orElse(-1)
            / 1e3,
        median(checkpoints.stream().map(AbstractCheckpointStats::getCheckpointedSize).toList())
            / MIB,
        median(checkpoints.stream().map(AbstractCheckpointStats::getStateSize).toList()) / MIB,
        checkpoints.size());
  }

  /** Longest time for which a task thread did nothing else, ms. */
  private static long pause(AbstractCheckpointStats checkpoint) {
    return checkpoint.getAllTaskStateStats().stream()
        .map(TaskStateStats::getSummaryStats)
        .mapToLong(stats -> stats.getSyncCheckpointDurationStats().getMaximum())
        .max()
        .orElseThrow();
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(-1L);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
