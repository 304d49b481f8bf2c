package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A record crosses to another subtask once in a window in which that subtask has to know it, and
 * otherwise not at all.
 */
class ExchangeTest {
  private static final long WINDOW = 3_600_000;
  private static final JobMetrics METRICS = new JobMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER = JobClusters.of(2, 2, METRICS.of(new Configuration()));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aRecordCrossesAtMostOnceAWindow(int parallelism) throws Exception {
    List<Interaction> edges = Golden.edges().subList(0, 3_000);
    try (JobRun run = new JobRun()) {
      JobClient client =
          run.start(
              new Configuration(),
              JobRun.settings(parallelism, WINDOW),
              Scripts.of(edges, parallelism));
      client.getJobExecutionResult().get(1, TimeUnit.MINUTES);
      JobID job = client.getJobID();

      Crossings expected = Crossings.of(edges, new KeyGroups(128, parallelism));
      assertThat(expected.halves == 0).isEqualTo(parallelism == 1);
      assertThat(METRICS.sum(job, "Reader", "exchangesToOthers")).isEqualTo(expected.halves);
      assertThat(METRICS.sum(job, "Reader", "shortlistsToOthers") == 0).isEqualTo(parallelism == 1);
      assertThat(METRICS.sum(job, "Reader", "exchangeRecordBytes"))
          .isEqualTo(
              expected.records * (long) StoredRecord.layout(Golden.weights().sizes()).length());
    }
  }

  /** What must cross: each half to another subtask; each owner that has a record, once to each. */
  private record Crossings(long halves, long records) {
    static Crossings of(List<Interaction> edges, KeyGroups keyGroups) {
      TreeMap<Long, Set<Half>> byWindow = new TreeMap<>();
      long halves = 0;
      long records = 0;
      for (Interaction i : edges) {
        long window = Math.floorDiv(i.timestamp(), WINDOW);
        Set<Half> ofWindow = byWindow.computeIfAbsent(window, w -> new HashSet<>());
        ofWindow.add(new Half(window, i, true));
        ofWindow.add(new Half(window, i, false));
      }
      Set<Long> known = new HashSet<>();
      for (Set<Half> window : byWindow.values()) {
        Set<List<Long>> sent = new HashSet<>();
        for (Half half : window) {
          int to = keyGroups.subtaskOf(half.partner());
          if (to != keyGroups.subtaskOf(half.owner())) {
            halves++;
            if (known.contains(half.owner()) && sent.add(List.of(half.owner(), (long) to))) {
              records++;
            }
          }
        }
        window.forEach(half -> known.add(half.owner()));
      }
      return new Crossings(halves, records);
    }
  }
}
