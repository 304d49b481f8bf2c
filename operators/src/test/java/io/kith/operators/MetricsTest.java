package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.operators.KithOptions.TimestampUnit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a running job reports of itself, and that docs/metrics.md says so. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MetricsTest {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");

  /** The last ms of the windows that are closed when all has been read. */
  private static final long LAST_CLOSED = 18_999;

  private static final List<String> REQUESTS =
      List.of(
          "{\"type\":\"who-next\",\"correlationId\":1,\"node\":\"a\"}",
          "{\"type\":\"who-next\",\"correlationId\":2}");

  private static final JobMetrics METRICS = new JobMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER = JobClusters.of(1, 1, METRICS.of(new Configuration()));

  @Test
  void aRunningJobTellsWhatItDoes(@TempDir Path dir) throws Exception {
    try (JobRun run = new JobRun()) {
      JobClient client = start(run, dir);
      JobID job = client.getJobID();

      assertThat(METRICS.sum(job, "Intake", "interactions")).isEqualTo(5);
      assertThat(METRICS.sum(job, "Intake", "refused")).isEqualTo(1);
      assertThat(METRICS.sum(job, "Intake", "selfLoops")).isEqualTo(1);
      assertThat(METRICS.sum(job, "SignalIntake", "signals")).isZero();
      assertThat(METRICS.sum(job, "RequestIntake", "requests")).isEqualTo(1);
      assertThat(METRICS.sum(job, "RequestIntake", "refused")).isEqualTo(1);
      assertThat(METRICS.sum(job, "Answerer", "answered")).isEqualTo(1);
      assertThat(METRICS.sum(job, "Gate", "late")).isEqualTo(1);
      assertThat(histogram(job, "Gate", "lateByMs").getStatistics().getValues())
          .containsExactly(8_000);
      assertThat(gauge(job, "Reader", "interactionsWaiting"))
          .as("both halves of the one in a window still open")
          .isEqualTo(2);
      assertThat(METRICS.sum(job, "Reader", "exchangesToOthers")).isZero();
      assertThat(METRICS.sum(job, "Reader", "exchangeRecordBytes")).isZero();
      assertThat(gauge(job, "Updater", "nodes")).isEqualTo(3L);
      assertThat((double) gauge(job, "Updater", "storeLoad")).isEqualTo(3 / 4_000.0);
      assertThat((long) gauge(job, "Updater", "bytesPerNode")).isGreaterThan(1_984);
      assertThat(histogram(job, "Updater", "lapMicros").getCount()).isEqualTo(4);
      long before = System.currentTimeMillis();
      long lag = (long) gauge(job, "Updater", "windowLagMs");
      assertThat(lag + LAST_CLOSED).isBetween(before, System.currentTimeMillis());
      client.cancel().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void thePageNamesThemAll(@TempDir Path dir) throws Exception {
    try (JobRun run = new JobRun()) {
      JobClient client = start(run, dir);
      Map<String, Map<String, Metric>> all = new TreeMap<>();
      Set<String> flinks = null;
      for (String operator : JobMetrics.OPERATORS) {
        Map<String, Metric> found = METRICS.all(client.getJobID(), operator);
        all.put(operator, found);
        flinks = flinks == null ? new TreeSet<>(found.keySet()) : flinks;
        flinks.retainAll(found.keySet());
      }
      client.cancel().get(30, TimeUnit.SECONDS);
      List<String> own = new ArrayList<>();
      for (Map.Entry<String, Map<String, Metric>> operator : all.entrySet()) {
        operator.getValue().keySet().removeAll(flinks);
        operator
            .getValue()
            .forEach(
                (name, metric) -> own.add(operator.getKey() + " " + name + " " + kind(metric)));
      }

      assertThat(documented()).containsExactlyInAnyOrderElementsOf(own);
    }
  }

  private static String kind(Metric metric) {
    return metric instanceof Counter
        ? "counter"
        : metric instanceof Gauge ? "gauge" : metric instanceof Histogram ? "histogram" : "other";
  }

  /** Operator, name and kind of the rows of the page's table. */
  private static List<String> documented() throws Exception {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", -1))
        .filter(cells -> JobMetrics.OPERATORS.contains(cells[2].strip()))
        .map(
            cells ->
                cells[2].strip() + " " + cells[1].strip().replace("`", "") + " " + cells[3].strip())
        .toList();
  }

  /**
   * Five interactions, of which one is late, and two that are refused; all but the last are applied
   * when this returns, and the job goes on.
   */
  private static JobClient start(JobRun run, Path dir) throws Exception {
    ArrivalReader reader =
        new ArrivalReader(
            new ParserSettings(0, TimestampUnit.MILLISECONDS, 0, 16), () -> 1_000_000L);
    List<String> values =
        List.of(
            "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1000}",
            "{\"source\":\"a\",\"target\":\"b\"",
            "{\"source\":\"a\",\"target\":\"a\",\"timestamp\":1000}",
            "{\"source\":\"b\",\"target\":\"c\",\"timestamp\":3000}",
            "{\"source\":\"c\",\"target\":\"a\",\"timestamp\":10000}",
            "{\"source\":\"a\",\"target\":\"c\",\"timestamp\":1000}",
            "{\"source\":\"a\",\"target\":\"c\",\"timestamp\":20000}");
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      byte[] value = values.get(i).getBytes(StandardCharsets.UTF_8);
      arrivals.add(reader.read(new Origin("edges", 0, i, 0), null, value));
    }
    JobClient client =
        run.start(
            new Configuration(),
            JobRun.settings(1, 1_000),
            new ScriptSource<>(
                Scripts.arrivals(arrivals, 1), Boundedness.CONTINUOUS_UNBOUNDED, arrivals.size()),
            new ScriptSource<>(Scripts.raw(List.of()), Boundedness.CONTINUOUS_UNBOUNDED, 1),
            new ScriptSource<>(Scripts.raw(REQUESTS), Boundedness.CONTINUOUS_UNBOUNDED, 1));
    run.awaitPredictions(4);
    run.awaitResponses(REQUESTS.size());
    // Its barrier comes after the laps.
    Savepoints.trigger(client, dir);
    return client;
  }

  private static Object gauge(JobID job, String operator, String name) {
    return METRICS.subtasks(job, operator, name, Gauge.class).get(0).getValue();
  }

  private static Histogram histogram(JobID job, String operator, String name) {
    return METRICS.subtasks(job, operator, name, Histogram.class).get(0);
  }
}
