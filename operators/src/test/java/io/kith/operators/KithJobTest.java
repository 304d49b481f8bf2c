package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.model.Interaction;
import io.kith.operators.KithOptions.TimestampUnit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole job, on a mini cluster of two task managers. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KithJobTest {
  private static final float TOLERANCE = 1e-5f;
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobClusters.of(2, 4);

  @ParameterizedTest
  @CsvSource({"1000, 1, 1", "3600000, 2, 3"})
  void agreesWithTheSpecification(long window, int parallelism, int partitions) throws Exception {
    JobRun run =
        JobRun.of(JobRun.settings(parallelism, window), Scripts.of(Golden.edges(), partitions));

    Map<String, Double> scores = new HashMap<>();
    for (String prediction : run.predictions()) {
      JsonNode json = JSON.readTree(prediction);
      scores.put(
          json.get("timestamp").asText()
              + ","
              + json.get("source").asText()
              + ","
              + json.get("target").asText(),
          json.get("score").asDouble());
    }
    for (String[] row : Golden.rows("scores-W" + window)) {
      assertThat(scores.get(row[0] + "," + row[1] + "," + row[2]))
          .as(String.join(",", row))
          .isCloseTo(Double.parseDouble(row[3]), within((double) TOLERANCE));
    }
    Map<String, String> embeddings = run.finalEmbeddings();
    for (String[] row : Golden.rows("embeddings-W" + window)) {
      JsonNode vector = JSON.readTree(embeddings.get(row[0])).get("vector");
      for (int j = 0; j < vector.size(); j++) {
        assertThat(vector.get(j).floatValue())
            .isCloseTo(Float.parseFloat(row[1 + j]), within(TOLERANCE));
      }
    }
  }

  @Test
  @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void parallelismDoesNotShow() throws Exception {
    List<Interaction> edges = Golden.edges().subList(0, 6_000);
    JobRun one = JobRun.of(JobRun.settings(1, 60_000), Scripts.of(edges, 1));
    assertThat(one.predictions()).hasSameSizeAs(edges);
    for (int parallelism : new int[] {2, 4, 8}) {
      JobRun many = JobRun.of(JobRun.settings(parallelism, 60_000), Scripts.of(edges, 3));

      assertThat(many.predictions()).hasSameSizeAs(edges);
      JobRun.assertSame(many, one, "parallelism=" + parallelism);
    }
  }

  @Test
  void poisonGoesToTheDeadLettersAndTheStreamGoesOn() throws Exception {
    ArrivalReader reader =
        new ArrivalReader(
            new ParserSettings(0, TimestampUnit.MILLISECONDS, 0, 16), () -> 1_000_000L);
    List<String> values =
        List.of(
            "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1000}",
            "{\"source\":\"a\",\"target\":\"b\"",
            "{\"source\":\"a\",\"target\":\"a\",\"timestamp\":1000}",
            "{\"source\":\"b\",\"target\":\"a\",\"timestamp\":3000}");
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      byte[] value = values.get(i).getBytes(StandardCharsets.UTF_8);
      arrivals.add(reader.read(new Origin("kith.edges", 0, i, 77), null, value));
    }
    JobRun run = JobRun.of(JobRun.settings(1, 1_000), Scripts.arrivals(arrivals, 1));

    assertThat(run.predictions()).hasSize(2);
    assertThat(run.deadLetters())
        .extracting(
            letter -> new String(letter.value(), StandardCharsets.UTF_8),
            letter -> letter.origin().offset(),
            DeadLetter::stage)
        .containsExactly(tuple(values.get(1), 1L, "intake"), tuple(values.get(2), 2L, "intake"));
    assertThat(run.deadLetters().get(0).reason()).startsWith("not JSON: Unexpected end-of-input");
    assertThat(run.deadLetters().get(1).reason()).isEqualTo("self loop: source=a");
  }

  @Test
  void silenceClosesTheLastWindow() throws Exception {
    List<Arrival> arrivals = new ArrayList<>();
    arrivals.add(arrival(1, 0, new Interaction("x", "y", 500)));
    for (int i = 0; i < 20; i++) {
      arrivals.add(arrival(0, i, new Interaction("a" + i, "b", 1_000L * i)));
    }
    Configuration settings = JobRun.settings(2, 1_000);
    settings.setString("idle-timeout", "200 ms");
    try (JobRun run = new JobRun()) {
      JobClient job =
          run.start(
              new Configuration(),
              settings,
              new ScriptSource<>(
                  Scripts.arrivals(arrivals, 2), Boundedness.CONTINUOUS_UNBOUNDED, 1));
      run.awaitPredictions(arrivals.size());
      job.cancel().get(30, TimeUnit.SECONDS);

      assertThat(run.predictions()).hasSize(arrivals.size());
    }
  }

  @Test
  void aPartitionThatWaitsForItsTurnIsNotIdle() throws Exception {
    List<Interaction> edges = Golden.edges();
    JobRun expected = JobRun.of(JobRun.settingsWithoutLists(1, 60_000), Scripts.of(edges, 1));
    Configuration settings = JobRun.settingsWithoutLists(1, 60_000);
    settings.setString("idle-timeout", "1 ms");
    try (JobRun run = new JobRun()) {
      // One partition is read to its end, far longer than the timeout, before the next begins.
      JobClient job =
          run.start(
              new Configuration(),
              settings,
              new ScriptSource<>(
                  Scripts.of(edges, 3), Boundedness.CONTINUOUS_UNBOUNDED, edges.size()));
      run.awaitAllOf(expected);
      job.cancel().get(30, TimeUnit.SECONDS);

      JobRun.assertSame(run, expected, "idle-timeout=1 ms");
    }
  }

  private static Arrival arrival(int partition, long offset, Interaction interaction) {
    return Arrival.of(new Origin("edges", partition, offset, 0), interaction);
  }
}
