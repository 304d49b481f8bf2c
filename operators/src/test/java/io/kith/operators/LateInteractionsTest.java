package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.model.Interaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is late goes where it goes, restart or not; it is counted, by how much too, and not lost.
 */
class LateInteractionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JobMetrics METRICS = new JobMetrics();
  private static final long SEED = 5;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER = JobClusters.of(2, 2, METRICS.of(new Configuration()));

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Arrival> arrivals = new ArrayList<>();
  private final long[] offsets = new long[2];

  /**
   * Partition 0 runs far ahead of partition 1. Then the job may be stopped and started. Then both
   * get what is late by their own clocks: on partition 0 its windows are still open, for partition
   * 1 holds all back, so that nothing but the clock of partition 0 makes them late.
   */
  @Test
  @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aRestartReopensNoWindow(@TempDir Path dir) throws Exception {
    append(0, 0, 100_000, 500);
    append(1, 0, 50_000, 500);
    ArrivalScript before = Scripts.arrivals(List.copyOf(arrivals), 2);
    int lateOnes = append(0, 60_000, 90_000, 1_000) + append(1, 20_000, 40_000, 1_000);
    append(0, 100_000, 120_000, 500);
    append(1, 50_000, 120_000, 500);
    ArrivalScript all = Scripts.arrivals(arrivals, 2);

    JobRun undisturbed = new JobRun();
    JobID whole = end(undisturbed.start(new Configuration(), JobRun.settings(1, 1_000), all));
    undisturbed.close();
    JobRun run = new JobRun();
    JobClient first =
        run.start(
            new Configuration(),
            JobRun.settings(1, 1_000),
            new ScriptSource<>(before, Boundedness.CONTINUOUS_UNBOUNDED, arrivals.size()));
    // The clock of partition 1 stands at 49.5 s, so windows 0 to 47 are closed.
    run.awaitPredictions(2 * 2 * 48);
    Configuration restored = Savepoints.from(Savepoints.stop(first, dir));
    JobID second = end(run.start(restored, JobRun.settings(2, 1_000), all));
    run.close();

    assertThat(run.predictions()).hasSize(arrivals.size());
    JobRun.assertSame(run, undisturbed, "seed=" + SEED);
    assertThat(lateWindows(run)).isEqualTo(Map.of(48L, 20, 98L, 30));
    assertThat(METRICS.sum(whole, "Gate", "late")).isEqualTo(lateOnes);
    assertThat(METRICS.sum(first.getJobID(), "Gate", "late")).isZero();
    assertThat(METRICS.sum(second, "Gate", "late")).isEqualTo(lateOnes);
    assertThat(lateBy(second)).isEqualTo(lateBy(whole)).hasSize(lateOnes).endsWith(38_000L);
  }

  /** Appends interactions to a partition, one each step; how many. */
  private int append(int partition, long from, long to, long step) {
    int count = 0;
    for (long t = from; t < to; t += step) {
      int source = random.nextInt(30);
      Interaction interaction =
          new Interaction("n" + source, "n" + (source + 1 + random.nextInt(29)) % 30, t);
      arrivals.add(
          Arrival.of(new Origin("edges", partition, offsets[partition]++, 0), interaction));
      count++;
    }
    return count;
  }

  private static JobID end(JobClient job) throws Exception {
    job.getJobExecutionResult().get(1, TimeUnit.MINUTES);
    return job.getJobID();
  }

  /** How many count in a later window than that of their time, by window. */
  private static Map<Long, Integer> lateWindows(JobRun run) throws Exception {
    Map<Long, Integer> windows = new TreeMap<>();
    for (String prediction : run.predictions()) {
      JsonNode json = JSON.readTree(prediction);
      long window = json.get("window").asLong();
      if (window > json.get("timestamp").asLong() / 1_000) {
        windows.merge(window, 1, Integer::sum);
      }
    }
    return windows;
  }

  private static List<Long> lateBy(JobID job) {
    List<Long> all = new ArrayList<>();
    for (Histogram gate : METRICS.subtasks(job, "Gate", "lateByMs", Histogram.class)) {
      for (long by : gate.getStatistics().getValues()) {
        all.add(by);
      }
    }
    Collections.sort(all);
    return all;
  }
}
