package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.deploy.local.EmbeddedFlink;
import io.kith.deploy.local.EmbeddedKafka;
import io.kith.deploy.local.LocalJob;
import io.kith.deploy.local.ModelFile;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.deploy.topics.TopicReader;
import io.kith.deploy.topics.Topics;
import io.kith.model.Interaction;
import io.kith.model.WeightsFile;
import io.kith.operators.LocalReplay;
import io.kith.operators.Retention;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that starts on a topic with history, with a timeout that any pause exceeds. */
class BacklogTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long WINDOW_MS = 1_000;
  private static final int PARTITIONS = 3;
  private static final int MAX_PARALLELISM = 16;

  @TempDir Path folder;

  /** With four subtasks one has no partition. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  @Timeout(120)
  void partitionsWithUnreadRecordsAreNotIdle(int parallelism) throws Exception {
    List<Interaction> history = history(11, 12_000);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, false)) {
      Settings settings =
          new SettingsLoader(Map.of())
              .load(
                  Optional.empty(),
                  Map.of(
                      "bootstrap-servers",
                      kafka.bootstrapServers(),
                      "prefix",
                      "backlog",
                      "window",
                      WINDOW_MS + " ms",
                      "idle-timeout",
                      "1 ms",
                      "nodes",
                      "1000",
                      "parallelism",
                      String.valueOf(parallelism),
                      "max-parallelism",
                      String.valueOf(MAX_PARALLELISM),
                      "kafka.max.partition.fetch.bytes",
                      "20000"));
      fill(kafka, history);

      List<String> found;
      try (EmbeddedFlink job =
          LocalJob.start(settings, folder.resolve("checkpoints"), Optional.empty())) {
        found = predictions(kafka, job, history.size());
      }

      assertThat(found).hasSize(history.size());
      assertThat(found).containsExactlyInAnyOrderElementsOf(replayed(history, settings));
    }
  }

  /** In order, so that each partition is; sorted time makes every window span all partitions. */
  private static List<Interaction> history(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Interaction> history = new ArrayList<>();
    long t = 1_000_000;
    for (int i = 0; i < size; i++) {
      t += random.nextInt(40);
      int source = random.nextInt(100);
      history.add(new Interaction("n" + source, "n" + (source + 1 + random.nextInt(99)) % 100, t));
    }
    return history;
  }

  private static void fill(EmbeddedKafka kafka, List<Interaction> history) throws Exception {
    try (Topics topics = new Topics(kafka.bootstrapServers(), Map.of())) {
      topics.ensure("backlog", PARTITIONS, (short) 1);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < history.size(); i++) {
        Interaction interaction = history.get(i);
        byte[] value =
            "{\"source\":\"%s\",\"target\":\"%s\",\"timestamp\":%d}"
                .formatted(interaction.source(), interaction.target(), interaction.timestamp())
                .getBytes(StandardCharsets.UTF_8);
        var unused =
            producer.send(new ProducerRecord<>("backlog.edges", i % PARTITIONS, null, value));
      }
    }
  }

  /** As many predictions as asked for, or those that came before the job ended. */
  private static List<String> predictions(EmbeddedKafka kafka, EmbeddedFlink job, int count)
      throws Exception {
    List<String> found = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(kafka.bootstrapServers(), Map.of(), "backlog.predictions", true)) {
      while (found.size() < count && !job.ended()) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofSeconds(1))) {
          JsonNode json = JSON.readTree(record.value());
          found.add(
              line(
                  json.get("source").asText(),
                  json.get("target").asText(),
                  json.get("timestamp").asLong(),
                  json.get("window").asLong(),
                  json.get("score").floatValue()));
        }
      }
    }
    return found;
  }

  private static List<String> replayed(List<Interaction> history, Settings settings)
      throws Exception {
    List<String> expected = new ArrayList<>();
    var weights = WeightsFile.read("bundled", new ByteArrayInputStream(ModelFile.read(settings)));
    try (LocalReplay replay =
        new LocalReplay(
            weights,
            new LocalReplay.Settings(WINDOW_MS, 0, MAX_PARALLELISM, 1, Retention.ofAll(1_000)))) {
      replay.run(
          history.iterator(),
          List.of(),
          (interaction, prediction) ->
              expected.add(
                  line(
                      interaction.source(),
                      interaction.target(),
                      interaction.timestamp(),
                      Math.floorDiv(interaction.timestamp(), WINDOW_MS),
                      prediction.score())));
    }
    return expected;
  }

  private static String line(String source, String target, long t, long window, float score) {
    return source + " " + target + " " + t + " window=" + window + " score=" + score;
  }
}
