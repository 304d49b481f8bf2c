package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.model.Interaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole job, on a mini cluster of two task managers. */
class KithJobTest {
  private static final float TOLERANCE = 1e-5f;
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(2)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @ParameterizedTest
  @CsvSource({"1000, 1, 1", "3600000, 2, 3"})
  void agreesWithTheSpecification(long window, int parallelism, int partitions) throws Exception {
    JobRun run =
        JobRun.of(JobRun.settings(parallelism, window), JobRun.script(Golden.edges(), partitions));

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
  void parallelismDoesNotShow() throws Exception {
    List<Interaction> edges = Golden.edges();
    JobRun one = JobRun.of(JobRun.settings(1, 1_000), JobRun.script(edges, 1));
    JobRun four = JobRun.of(JobRun.settings(4, 1_000), JobRun.script(edges, 3));

    assertThat(four.predictions()).isEqualTo(one.predictions());
    assertThat(four.finalEmbeddings()).isEqualTo(one.finalEmbeddings());
  }
}
