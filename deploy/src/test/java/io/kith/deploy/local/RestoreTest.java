package io.kith.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.deploy.topics.TopicReader;
import io.kith.deploy.topics.Topics;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
  private static final int FIRST = 30;

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void aJobGoesOnFromItsNewestCheckpointInAFolderWithBlanks() throws Exception {
    Path checkpoints = folder.resolve("my check points");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, false)) {
      Settings settings = settings(kafka.bootstrapServers(), checkpoints);
      try (Topics topics = new Topics(kafka.bootstrapServers(), Map.of())) {
        topics.ensure("kith", 1, (short) 1);
      }
      try (TopicReader predictions =
          new TopicReader(kafka.bootstrapServers(), Map.of(), "kith.predictions", true)) {
        send(kafka, 0, FIRST);
        try (EmbeddedFlink first = LocalJob.start(settings, checkpoints, Optional.empty())) {
          assertThat(read(predictions, FIRST)).isEqualTo(FIRST);
          awaitTwoMoreCheckpoints(checkpoints, predictions);
          assertThat(first.ended()).isFalse();
        }
        Optional<CheckpointFolder> newest = CheckpointFolder.of(checkpoints.toString()).newest();
        send(kafka, FIRST, FIRST + 1);
        try (EmbeddedFlink second = LocalJob.start(settings, checkpoints, newest)) {
          assertThat(read(predictions, 1)).as("ended=" + second.ended()).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void aFolderThatHoldsNoneOrLiesElsewhereHasNoNewest() throws IOException {
    assertThat(CheckpointFolder.of(folder).newest()).isEmpty();
    assertThat(CheckpointFolder.of(folder.resolve("none")).newest()).isEmpty();
    assertThat(CheckpointFolder.of("s3://bucket/checkpoints").newest()).isEmpty();
    assertThat(CheckpointFolder.of("/a b/c").uri()).isEqualTo("file:///a b/c");
  }

  private static Settings settings(String servers, Path checkpoints) throws Exception {
    return new SettingsLoader(Map.of())
        .load(
            Optional.empty(),
            Map.of(
                "bootstrap-servers", servers,
                "model", "src/test/resources/tiny.safetensors",
                "nodes", "100",
                "checkpoint-interval", "100 ms",
                "checkpoint-dir", checkpoints.toString()));
  }

  private static void send(EmbeddedKafka kafka, int from, int to) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        String json = "{\"source\":%d,\"target\":99,\"timestamp\":%d}".formatted(i % 7, 5_000 * i);
        producer
            .send(new ProducerRecord<>("kith.edges", json.getBytes(StandardCharsets.UTF_8)))
            .get();
      }
    }
  }

  /** Reads until so many have come, and on for a moment, for there might be more. */
  private static int read(TopicReader reader, int number) {
    int read = 0;
    while (read < number) {
      read += count(reader);
    }
    return read + count(reader);
  }

  private static int count(TopicReader reader) {
    int[] read = {0};
    reader.poll(Duration.ofSeconds(1)).forEach(entry -> read[0]++);
    return read[0];
  }

  /** The second of them was begun after all that has been read came out. */
  private static void awaitTwoMoreCheckpoints(Path folder, TopicReader reader) {
    long before = number(folder);
    while (number(folder) < before + 2) {
      assertThat(count(reader)).isZero();
    }
  }

  /** Of the newest complete one; those that a job removes meanwhile do not disturb. */
  private static long number(Path folder) {
    return files(folder.toFile())
        .flatMap(RestoreTest::files)
        .filter(checkpoint -> new File(checkpoint, "_metadata").exists())
        .mapToLong(checkpoint -> Long.parseLong(checkpoint.getName().replaceFirst("chk-", "")))
        .max()
        .orElse(0);
  }

  private static Stream<File> files(File folder) {
    File[] files = folder.listFiles();
    return files == null ? Stream.empty() : Stream.of(files);
  }
}
