package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.model.Interaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Partitions that have nothing to read, in the whole job. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdleInputsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WINDOW = 1_000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER = JobClusters.of(2, 4, JobClusters.smallBuffers());

  private final List<Arrival> arrivals = new ArrayList<>();
  private final long[] offsets = new long[2];

  @Test
  void anIdlePartitionDoesNotHoldBackTheRest() throws Exception {
    append(1, 500);
    for (long t = 0; t < 20_000; t += 500) {
      append(0, t);
    }
    ArrivalScript script = Scripts.arrivals(arrivals, 2);
    try (JobRun run = new JobRun()) {
      JobClient job =
          run.start(
              new Configuration(),
              settings(2, "100 ms"),
              IdleAwareSource.of(endless(script), 100, new MoreToCome(script)));
      // Partition 0 is never idle; its clock stands at 19.5 s, so windows 0 to 17 are closed.
      run.awaitPredictions(2 * 18 + 1);
      job.cancel().get(30, TimeUnit.SECONDS);

      assertThat(run.predictions()).hasSize(2 * 18 + 1);
    }
  }

  /** Never lets partition 0 be idle. */
  private record MoreToCome(ArrivalScript script) implements UnreadProbe.Maker<ScriptSplit> {
    private static final long serialVersionUID = 1L;

    @Override
    public UnreadProbe<ScriptSplit> open() {
      ScriptUnread unread = new ScriptUnread(script);
      return new UnreadProbe<>() {
        @Override
        public boolean unread(ScriptSplit split, long next) {
          return split.partition() == 0 || unread.unread(split, next);
        }

        @Override
        public void close() {
          unread.close();
        }
      };
    }
  }

  @Test
  void aRestartWhilePartitionsAreIdleDoesNotShow(@TempDir Path dir) throws Exception {
    append(1, 500);
    for (long t = 0; t < 20_000; t += 500) {
      append(0, t);
    }
    int paused = arrivals.size();
    ArrivalScript before = Scripts.arrivals(List.copyOf(arrivals), 2);
    for (long t = 20_000; t < 40_000; t += 500) {
      append((int) (t / 500) % 2, t);
    }
    ArrivalScript all = Scripts.arrivals(arrivals, 2);
    JobRun undisturbed = JobRun.of(settings(1, "0 s"), all);
    try (JobRun run = new JobRun()) {
      JobClient job = run.start(new Configuration(), settings(1, "50 ms"), endless(before));
      run.awaitPredictions(paused);
      Configuration restored = Savepoints.from(Savepoints.stop(job, dir));
      job = run.start(restored, settings(2, "50 ms"), endless(all));
      run.awaitAllOf(undisturbed);
      job.cancel().get(30, TimeUnit.SECONDS);

      assertThat(run.predictions()).hasSize(arrivals.size());
      JobRun.assertSame(run, undisturbed, "restored while idle");
    }
  }

  @Test
  void aRestartReopensNoWindowThatSilenceHasClosed(@TempDir Path dir) throws Exception {
    append(0, 9_500);
    append(1, 4_500);
    ArrivalScript before = Scripts.arrivals(List.copyOf(arrivals), 2);
    append(1, 5_000);
    ArrivalScript all = Scripts.arrivals(arrivals, 2);
    try (JobRun run = new JobRun()) {
      JobClient job = run.start(new Configuration(), settings(1, "50 ms"), endless(before));
      run.awaitPredictions(2);
      Configuration restored = Savepoints.from(Savepoints.stop(job, dir));
      run.start(restored, settings(2, "0 s"), all).getJobExecutionResult().get(1, TimeUnit.MINUTES);

      List<Long> windows = new ArrayList<>();
      for (String prediction : run.predictions()) {
        JsonNode json = JSON.readTree(prediction);
        windows.add(json.get("window").asLong());
      }
      assertThat(windows).containsExactlyInAnyOrder(9L, 4L, 10L);
    }
  }

  /** In a backlog that is read one partition after the other, with a timeout that all exceed. */
  @Test
  void restartsWithATimeoutDoNotShow(@TempDir Path dir) throws Exception {
    List<Interaction> edges = Golden.edges();
    Script<Arrival> slow = new SlowScript<>(Scripts.of(edges, 3));
    JobRun undisturbed = JobRun.of(JobRun.settingsWithoutLists(1, 60_000), Scripts.of(edges, 1));
    Configuration flink = new Configuration();
    try (JobRun run = new JobRun()) {
      for (int parallelism : new int[] {1, 4}) {
        Configuration settings = JobRun.settingsWithoutLists(parallelism, 60_000);
        settings.setString("idle-timeout", "1 ms");
        int before = run.predictions().size();
        JobClient job =
            run.start(
                flink,
                settings,
                new ScriptSource<>(slow, Boundedness.CONTINUOUS_UNBOUNDED, edges.size()));
        run.awaitPredictions(before + 100);
        flink = Savepoints.from(Savepoints.stop(job, dir));
      }
      Configuration settings = JobRun.settingsWithoutLists(2, 60_000);
      settings.setString("idle-timeout", "1 ms");
      JobClient job = run.start(flink, settings, endless(Scripts.of(edges, 3)));
      run.awaitAllOf(undisturbed);
      job.cancel().get(30, TimeUnit.SECONDS);

      assertThat(run.predictions()).hasSize(edges.size());
      JobRun.assertSame(run, undisturbed, "idle-timeout=1 ms, parallelism 1 to 4 to 2");
    }
  }

  private void append(int partition, long t) {
    Interaction interaction = new Interaction("a" + t / 500 % 7, "b" + t / 500 % 3, t);
    arrivals.add(Arrival.of(new Origin("edges", partition, offsets[partition]++, 0), interaction));
  }

  private static Configuration settings(int parallelism, String idleTimeout) {
    Configuration settings = JobRun.settingsWithoutLists(parallelism, WINDOW);
    settings.setString("idle-timeout", idleTimeout);
    return settings;
  }

  private static ScriptSource<Arrival> endless(ArrivalScript script) {
    return new ScriptSource<>(script, Boundedness.CONTINUOUS_UNBOUNDED, 1);
  }
}
