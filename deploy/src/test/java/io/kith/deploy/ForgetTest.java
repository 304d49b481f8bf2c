package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.local.LocalStack;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.deploy.topics.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node is forgotten by the command, on a broker, while the stream goes on. */
class ForgetTest {
  private static final Map<String, String> FLAGS =
      Map.of(
          "model", "src/test/resources/tiny.safetensors",
          "nodes", "100",
          "max-parallelism", "4",
          "idle-timeout", "200 ms",
          "parallelism", "2");

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void aForgottenNodeHasATombstoneAndIsNamedNoMore() throws Exception {
    try (LocalStack stack = new LocalStack(folder.resolve("run"), step -> {})) {
      stack.startKafka(new SettingsLoader(Map.of()).load(Optional.empty(), FLAGS), 0, 2);
      stack.startJob();
      try (KafkaProducer<byte[], byte[]> producer = producer(stack)) {
        send(producer, "kith.edges", edge("ann", "bob", 1_000));
        send(producer, "kith.edges", edge("bob", "cid", 5_000));
        await(stack, "embeddings", record -> text(record.key()).equals("cid"));

        assertThat(
                CommandRun.kith("forget", "ann", "--bootstrap-servers", stack.bootstrapServers())
                    .exit())
            .isZero();
        await(stack, "embeddings", record -> record.value() == null);
        send(producer, "kith.signals", "{\"type\":\"forget\"}");
        send(producer, "kith.edges", edge("bob", "dan", 60_000));
      }

      List<ConsumerRecord<byte[], byte[]>> embeddings =
          await(stack, "embeddings", record -> text(record.key()).equals("dan"));
      List<ConsumerRecord<byte[], byte[]>> ofAnn =
          embeddings.stream().filter(record -> text(record.key()).equals("ann")).toList();
      assertThat(ofAnn).hasSize(2);
      assertThat(ofAnn.get(1).value()).as("tombstone").isNull();
      List<ConsumerRecord<byte[], byte[]>> predictions =
          await(stack, "predictions", record -> text(record.value()).contains("\"dan\""));
      assertThat(predictions).hasSize(3);
      assertThat(predictions.stream().filter(record -> text(record.value()).contains("\"ann\"")))
          .as("the one before")
          .hasSize(1);
      ConsumerRecord<byte[], byte[]> letter = await(stack, "dead-letter", record -> true).get(0);
      assertThat(text(letter.headers().lastHeader("reason").value()))
          .isEqualTo("field missing: name=node");
      assertThat(text(letter.headers().lastHeader("stage").value())).isEqualTo("signals");
      assertThat(text(letter.headers().lastHeader("origin-topic").value()))
          .isEqualTo("kith.signals");
      assertThat(
              CommandRun.kith(
                      "consume",
                      "embeddings",
                      "--from-beginning",
                      "--limit",
                      String.valueOf(embeddings.size()),
                      "--bootstrap-servers",
                      stack.bootstrapServers())
                  .text())
          .contains("ann  forgotten\n");
    }
  }

  private static String edge(String source, String target, long timestamp) {
    return "{\"source\":\"%s\",\"target\":\"%s\",\"timestamp\":%d}"
        .formatted(source, target, timestamp);
  }

  private static KafkaProducer<byte[], byte[]> producer(LocalStack stack) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", stack.bootstrapServers()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String value)
      throws Exception {
    producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8))).get();
  }

  /** All of a topic, up to and with the first that is waited for. */
  private static List<ConsumerRecord<byte[], byte[]>> await(
      LocalStack stack, String suffix, Predicate<ConsumerRecord<byte[], byte[]>> last) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(stack.bootstrapServers(), Map.of(), stack.settings().topic(suffix), true)) {
      while (read.stream().noneMatch(last)) {
        reader.poll(Duration.ofSeconds(1)).forEach(read::add);
      }
    }
    return read;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
