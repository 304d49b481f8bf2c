package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes out does not tell whether the job was killed, or stopped and started again. */
class JobRecoveryTest {
  private static final long WINDOW = 60_000;
  private static final int KILLS = 3;
  private static final int REQUESTS = 4_000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER = JobClusters.of(2, 4, JobClusters.smallBuffers());

  private final List<Interaction> edges = Golden.edges();

  @Test
  @Timeout(120)
  void killedTaskManagersDoNotShow(@InjectMiniCluster MiniCluster cluster) throws Exception {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    List<Interaction> twice = twice();
    JobRun undisturbed = JobRun.of(settings(1, false), Scripts.of(twice, 2));
    try (JobRun run = new JobRun()) {
      ScriptSource<Arrival> source = new ScriptSource<>(new SlowScript<>(Scripts.of(twice, 2)));
      JobClient job =
          run.start(
              restarting(),
              settings(2, false),
              source,
              null,
              new ScriptSource<>(new SlowScript<>(RequestTest.requests(edges, REQUESTS))));
      for (int kill = 0; kill < KILLS; kill++) {
        long checkpoints = checkpoints(cluster, job).getNumberOfCompletedCheckpoints();
        int predictions = run.predictions().size();
        do {
          predictions += 1 + random.nextInt(500);
          run.awaitPredictions(predictions);
        } while (checkpoints(cluster, job).getNumberOfCompletedCheckpoints() == checkpoints);
        cluster.terminateTaskManager(kill).get(1, TimeUnit.MINUTES);
        cluster.startTaskManager();
      }
      job.getJobExecutionResult().get(2, TimeUnit.MINUTES);

      assertThat(checkpoints(cluster, job).getNumberOfRestoredCheckpoints())
          .as("a kill may hit a task manager that had nothing to do")
          .isPositive();
      run.awaitResponses(REQUESTS);
      assertThat(run.predictions()).as("repeats").hasSizeGreaterThan(twice.size());
      JobRun.assertSame(run, undisturbed, "seed=" + seed);
    }
  }

  /** The stream, and once more a year later: long enough for checkpoints between kills. */
  private List<Interaction> twice() {
    List<Interaction> twice = new ArrayList<>(edges);
    long year = Duration.ofDays(365).toMillis();
    for (Interaction i : edges) {
      twice.add(new Interaction(i.source(), i.target(), i.timestamp() + year));
    }
    return twice;
  }

  private static CheckpointStatsCounts checkpoints(MiniCluster cluster, JobClient job)
      throws Exception {
    return cluster
        .getExecutionGraph(job.getJobID())
        .get(1, TimeUnit.MINUTES)
        .getCheckpointStatsSnapshot()
        .getCounts();
  }

  @ParameterizedTest
  @CsvSource({"hashmap, false", "rocksdb, true"})
  void rescalingDoesNotShow(String backend, boolean forgets, @TempDir Path dir) throws Exception {
    JobRun undisturbed = JobRun.of(settings(2, forgets), Scripts.of(edges, 3));
    try (JobRun run = new JobRun()) {
      Path stores = dir.resolve("stores");
      JobClient job = run.start(backend(backend), onDisk(1, forgets, stores), first(3_000));
      run.awaitPredictions(100);
      String savepoint = Savepoints.stop(job, dir);
      assertThat(stores).as("a store is scratch: none is left to go on from").isEmptyDirectory();
      int first = run.predictions().size();
      job = run.start(from(savepoint, backend), onDisk(4, forgets, stores), first(7_000));
      run.awaitPredictions(first + 100);
      savepoint = Savepoints.stop(job, dir);
      int second = run.predictions().size();
      ArrivalScript all = Scripts.of(edges, 3);
      job = run.start(from(savepoint, backend), onDisk(2, forgets, stores), all);
      job.getJobExecutionResult().get(2, TimeUnit.MINUTES);

      assertThat(first).isLessThan(second);
      assertThat(second).isLessThan(edges.size());
      assertThat(run.predictions()).hasSameSizeAs(undisturbed.predictions());
      JobRun.assertSame(run, undisturbed, "1 to 4 to 2");
    }
  }

  /** A stream of which no more has come yet. */
  private ScriptSource<Arrival> first(int count) {
    ArrivalScript script = Scripts.of(edges.subList(0, count), 3);
    return new ScriptSource<>(script, Boundedness.CONTINUOUS_UNBOUNDED, 1);
  }

  private static Configuration onDisk(int parallelism, boolean forgets, Path stores) {
    Configuration settings = settings(parallelism, forgets);
    settings.set(KithOptions.STATE_DIR, stores.toString());
    return settings;
  }

  private static Configuration settings(int parallelism, boolean forgets) {
    Configuration settings =
        forgets
            ? JobRetentionTest.settings(parallelism, JobRetentionTest.FEW)
            : JobRun.settings(parallelism, WINDOW);
    settings.setString("checkpoint-interval", "100 ms");
    return settings;
  }

  private static Configuration restarting() {
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    return flink;
  }

  private static Configuration backend(String name) {
    Configuration flink = new Configuration();
    flink.set(StateBackendOptions.STATE_BACKEND, name);
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    return flink;
  }

  private static Configuration from(String savepoint, String backend) {
    Configuration flink = backend(backend);
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    return flink;
  }
}
