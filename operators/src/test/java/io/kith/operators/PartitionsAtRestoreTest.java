package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A topic gains partitions while the job is down. What stands on them when it comes back is not
 * late for that: it counts where it would have counted on the old ones.
 */
class PartitionsAtRestoreTest {
  private static final long WINDOW = 60_000;

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobClusters.of(2, 4);

  private final List<Arrival> arrivals = new ArrayList<>();
  private final long[] offsets = new long[7];

  @Test
  @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void newPartitionsDoNotShow(@TempDir Path dir) throws Exception {
    List<Interaction> edges = Golden.edges().subList(0, 6_000);
    JobRun undisturbed = JobRun.of(JobRun.settings(2, WINDOW), Scripts.of(edges, 1));
    try (JobRun run = new JobRun()) {
      append(edges.subList(0, 2_000), 2);
      ArrivalScript two = Scripts.arrivals(arrivals, 2);
      JobClient job = run.start(new Configuration(), JobRun.settings(1, WINDOW), endless(two));
      run.awaitPredictions(100);
      String savepoint = Savepoints.stop(job, dir);

      int first = run.predictions().size();
      append(edges.subList(2_000, 4_000), 5);
      ArrivalScript five = Scripts.arrivals(arrivals, 5);
      job =
          run.start(
              Savepoints.from(savepoint),
              JobRun.settings(4, WINDOW),
              grown(endless(five), five, 2));
      run.awaitPredictions(first + 100);
      savepoint = Savepoints.stop(job, dir);

      append(edges.subList(4_000, 6_000), 7);
      ArrivalScript seven = Scripts.arrivals(arrivals, 7);
      run.start(
              Savepoints.from(savepoint),
              JobRun.settings(2, WINDOW),
              grown(new ScriptSource<>(seven), seven, 5))
          .getJobExecutionResult()
          .get(2, TimeUnit.MINUTES);

      assertThat(run.predictions()).hasSameSizeAs(undisturbed.predictions());
      JobRun.assertSame(run, undisturbed, "2 partitions, then 5, then 7");
    }
  }

  /** Appends interactions in their order, each to any of the partitions. */
  private void append(List<Interaction> interactions, int partitions) {
    SplittableRandom random = new SplittableRandom(partitions);
    for (Interaction interaction : interactions) {
      int partition = random.nextInt(partitions);
      arrivals.add(
          Arrival.of(new Origin("edges", partition, offsets[partition]++, 0), interaction));
    }
  }

  private static ScriptSource<Arrival> endless(ArrivalScript script) {
    return new ScriptSource<>(script, Boundedness.CONTINUOUS_UNBOUNDED, 1);
  }

  private static Source<Arrival, ?, ?> grown(
      ScriptSource<Arrival> source, ArrivalScript script, int known) {
    return IdleAwareSource.of(new GrownSource(source, script, known), 0, new ScriptUnread(script));
  }
}
