package io.kith.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.kith.deploy.console.Terminal;
import io.kith.deploy.local.LocalStack;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.deploy.topics.TopicReader;
import io.kith.deploy.topics.Topics;
import io.kith.model.Interaction;
import io.kith.streams.Quality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> FLAGS =
      Map.of(
          "model", "src/test/resources/tiny.safetensors",
          "window", "1 min",
          "nodes", "5000",
          "idle-timeout", "10 s",
          "max-parallelism", "16");

  @TempDir Path folder;

  @Test
  void whatTheDemoShowsStandsOnKafkaAndNothingIsLeftBehind() throws Exception {
    DemoStream stream = DemoStream.bundled(folder.resolve("work"), 3000);
    Path data = folder.resolve("run");
    List<String> steps = new ArrayList<>();
    try (LocalStack stack = new LocalStack(data, steps::add)) {
      stack.startKafka(new SettingsLoader(Map.of()).load(Optional.empty(), FLAGS), 0, 2);
      stack.startQuality(
          Path.of("..").toAbsolutePath(),
          folder.resolve("quality.log"),
          List.of("--from", Long.toString(stream.firstUnseen()), "--window-length", "1d"));
      stack.startJob();
      assertThat(steps).hasSize(3);
      Progress progress;
      try (Demo demo =
          new Demo(
              stack,
              stream,
              new DemoScreen(Terminal.stdout(), stream, 60_000),
              System.nanoTime())) {
        progress = demo.run();
      }

      List<JsonNode> predictions = read(stack, "predictions");
      assertThat(predictions).hasSize(3000);
      assertThat(progress.predictions()).isEqualTo(3000);
      assertThat(predictions)
          .allSatisfy(
              p -> {
                assertThat(p.get("score").floatValue()).isBetween(0f, 1f);
                assertThat(p.get("window").longValue())
                    .isEqualTo(Math.floorDiv(p.get("timestamp").longValue(), 60_000));
              });
      assertEveryNodeHasAnEmbedding(read(stack, "embeddings"), stream.interactions());
      assertSchema("prediction", predictions);
      assertSchema("embedding", read(stack, "embeddings"));
      assertSchema("interaction", read(stack, "edges"));
      assertSchema("quality", read(stack, "quality"));
      assertQuality(progress.total().orElseThrow(), predictions, stream.firstUnseen());
      assertThat(read(stack, "dead-letter")).isEmpty();
    }
    assertThat(data).doesNotExist();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  private static void assertSchema(String name, List<JsonNode> records) {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(DemoTest.class.getResourceAsStream("/schema/" + name + ".schema.json"));
    assertThat(records).isNotEmpty();
    assertThat(records).allSatisfy(record -> assertThat(schema.validate(record)).isEmpty());
  }

  /** The figures of the quality application against the same, taken from the predictions here. */
  private static void assertQuality(Quality total, List<JsonNode> predictions, long from) {
    List<JsonNode> counted =
        predictions.stream()
            .filter(p -> p.get("timestamp").longValue() >= from)
            .distinct()
            .toList();
    List<JsonNode> ranked =
        counted.stream().filter(p -> p.get("negatives").intValue() > 0).toList();
    assertThat(total.predictions()).isEqualTo(counted.size());
    assertThat(total.ranked()).isEqualTo(ranked.size()).isPositive();
    assertThat(total.model().mrr())
        .isEqualTo(
            ranked.stream()
                .mapToDouble(p -> 1 / p.get("rank").doubleValue())
                .average()
                .orElseThrow(),
            Offset.offset(1e-9));
    assertThat(total.recency().mrr())
        .isEqualTo(
            ranked.stream()
                .mapToDouble(p -> 1 / p.get("recencyRank").doubleValue())
                .average()
                .orElseThrow(),
            Offset.offset(1e-9));
  }

  private static void assertEveryNodeHasAnEmbedding(
      List<JsonNode> embeddings, List<Interaction> stream) {
    Set<String> nodes = new HashSet<>();
    stream.forEach(
        i -> {
          nodes.add(i.source());
          nodes.add(i.target());
        });
    Set<String> embedded = new HashSet<>();
    embeddings.forEach(e -> embedded.add(e.get("node").textValue()));
    assertThat(embedded).isEqualTo(nodes);
  }

  private static List<JsonNode> read(LocalStack stack, String suffix) throws Exception {
    String topic = stack.settings().topic(suffix);
    long records;
    try (Topics topics = new Topics(stack.bootstrapServers(), Map.of())) {
      records = topics.records(topic).get(topic);
    }
    List<JsonNode> read = new ArrayList<>();
    try (TopicReader reader = new TopicReader(stack.bootstrapServers(), Map.of(), topic, true)) {
      while (read.size() < records) {
        for (ConsumerRecord<byte[], byte[]> entry : reader.poll(Duration.ofSeconds(1))) {
          read.add(JSON.readTree(entry.value()));
        }
      }
    }
    return read;
  }
}
