package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More nodes ask for lists than the job has time for, and input comes as fast as it is taken. */
class OverloadTest {
  private static final JobMetrics METRICS = new JobMetrics();
  private static final int SOURCES = 2_000;
  private static final int WINDOWS = 5;
  private static final int KEY_GROUPS = 128;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      JobClusters.of(2, 4, METRICS.of(wholeHistory(JobClusters.smallBuffers())));

  /** All of the sources are active in each window; a key group may make one list for it. */
  @Test
  @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void listsAreSkippedAndCheckpointsAreNot(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    JobRun undisturbed = JobRun.of(settings(1), JobRun.script(edges(), 2));
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(20));
    Configuration settings = settings(2);
    settings.setString("checkpoint-interval", "100 ms");
    try (JobRun run = new JobRun()) {
      JobClient job = run.start(flink, settings, JobRun.script(edges(), 2));
      job.getJobExecutionResult().get(2, TimeUnit.MINUTES);

      CheckpointStatsSnapshot checkpoints =
          cluster
              .getExecutionGraph(job.getJobID())
              .get(1, TimeUnit.MINUTES)
              .getCheckpointStatsSnapshot();
      assertThat(checkpoints.getCounts().getNumberOfCompletedCheckpoints()).isPositive();
      assertThat(failures(checkpoints)).noneMatch(failure -> failure.contains("expired"));
      assertThat(run.distinctRecommendations())
          .as("the busiest window's bound, in each window")
          .hasSize(WINDOWS * KEY_GROUPS);
      assertThat(skipped(job.getJobID())).isEqualTo(WINDOWS * (SOURCES - KEY_GROUPS));
      JobRun.assertSame(run, undisturbed, "overload");
    }
  }

  private static long skipped(JobID job) {
    return METRICS.subtasks(job, "Reader", "listsSkipped", Gauge.class).stream()
        .mapToLong(gauge -> (Long) gauge.getValue())
        .sum();
  }

  /** Some come before all tasks run, or while some have ended. */
  private static List<String> failures(CheckpointStatsSnapshot checkpoints) {
    return checkpoints.getHistory().getCheckpoints().stream()
        .filter(FailedCheckpointStats.class::isInstance)
        .map(checkpoint -> ((FailedCheckpointStats) checkpoint).getFailureMessage())
        .toList();
  }

  private static Configuration wholeHistory(Configuration flink) {
    flink.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, 10_000);
    return flink;
  }

  private static Configuration settings(int parallelism) {
    Configuration settings = JobRun.settings(parallelism, 1_000);
    settings.setString("nodes", "20000");
    settings.set(KithOptions.WHO_NEXT_SHARE, 1.0);
    settings.setString("who-next-every", "0 s");
    settings.setString("who-next-most", "1");
    return settings;
  }

  private static List<Interaction> edges() {
    List<Interaction> edges = new ArrayList<>();
    for (int i = 0; i < WINDOWS * SOURCES; i++) {
      long timestamp = i * 1_000L / SOURCES;
      edges.add(new Interaction("s" + i % SOURCES, "t" + i % 501, timestamp));
    }
    return edges;
  }
}
