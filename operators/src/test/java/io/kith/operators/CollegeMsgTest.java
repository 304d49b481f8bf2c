package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.model.Interaction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All of CollegeMsg through the whole job, with a list for every source after every window; prints
 * what crossed between subtasks.
 */
@Tag("long")
class CollegeMsgTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JobMetrics METRICS = new JobMetrics();
  private static final Path FILE =
      Path.of("..", "deploy/src/main/resources/io/kith/deploy/demo/collegemsg.csv.gz");

  @RegisterExtension
  static final MiniClusterExtension CLUSTER = JobClusters.of(2, 4, METRICS.of(new Configuration()));

  private final List<Interaction> edges = edges();

  @ParameterizedTest
  @ValueSource(longs = {1_000, 60_000})
  @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void parallelismDoesNotShow(long window) throws Exception {
    JobRun one = run(window, 1);
    assertThat(one.predictions()).hasSameSizeAs(edges);
    if (window == 1_000) {
      assertAgreesWithTheSpecification(one);
    }
    for (int parallelism : new int[] {2, 4, 8}) {
      JobRun many = run(window, parallelism);
      assertThat(many.predictions()).hasSameSizeAs(edges);
      JobRun.assertSame(many, one, "window=%d, parallelism=%d".formatted(window, parallelism));
    }
  }

  private JobRun run(long window, int parallelism) throws Exception {
    try (JobRun run = new JobRun()) {
      Configuration settings = JobRun.settings(parallelism, window);
      settings.set(KithOptions.WHO_NEXT_SHARE, 1.0);
      settings.setString("who-next-every", "0 s");
      JobClient client =
          run.start(new Configuration(), settings, JobRun.script(edges, parallelism));
      client.getJobExecutionResult().get(10, TimeUnit.MINUTES);
      tell(run, client.getJobID(), window, parallelism);
      return run;
    }
  }

  private void tell(JobRun run, JobID job, long window, int parallelism) {
    System.out.printf(
        "window=%d ms, parallelism=%d: %.3f half-interactions and %.1f bytes of records"
            + " to other subtasks for each interaction, %.1f bytes of records for lists, lists=%d%n",
        window,
        parallelism,
        (double) METRICS.sum(job, "Reader", "exchangesToOthers") / edges.size(),
        (double) METRICS.sum(job, "Reader", "exchangeRecordBytes") / edges.size(),
        (double) METRICS.sum(job, "Reader", "shortlistRecordBytes") / edges.size(),
        run.recommendations().size());
  }

  /** The golden scores are those of the first 10,000; no window spans their end. */
  private static void assertAgreesWithTheSpecification(JobRun run) throws Exception {
    Map<String, Double> scores = new HashMap<>();
    for (String prediction : run.predictions()) {
      JsonNode json = JSON.readTree(prediction);
      String pair = json.get("source").asText() + "," + json.get("target").asText();
      scores.put(json.get("timestamp").asText() + "," + pair, json.get("score").asDouble());
    }
    for (String[] row : Golden.rows("scores-W1000")) {
      assertThat(scores.get(row[0] + "," + row[1] + "," + row[2]))
          .as(String.join(",", row))
          .isCloseTo(Double.parseDouble(row[3]), within(1e-5));
    }
  }

  /** In the time of the golden vectors, which begins with the first. */
  private static List<Interaction> edges() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
      List<String[]> rows = lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
      long start = Long.parseLong(rows.get(0)[2]);
      return rows.stream()
          .map(row -> new Interaction(row[0], row[1], Long.parseLong(row[2]) - start))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
