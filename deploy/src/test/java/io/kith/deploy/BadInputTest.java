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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
  private static final Map<String, String> FLAGS =
      Map.of(
          "model", "src/test/resources/tiny.safetensors",
          "nodes", "100",
          "max-parallelism", "4",
          "max-id-bytes", "16");

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void refusedRecordsArriveByteForByteWithTheirReasonWhileTheStreamGoesOn() throws Exception {
    List<byte[]> bad =
        List.of(
            new byte[] {(byte) 0xff, 0, 1, (byte) 0xfe},
            text("{\"source\":\"a\",\"target\""),
            text("{\"source\":\"a\",\"timestamp\":1}"),
            text("{\"source\":\"\",\"target\":\"b\",\"timestamp\":1}"),
            text("{\"source\":\"a\",\"target\":\"b\",\"timestamp\":-1}"),
            text("{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"features\":[1]}"),
            text("{\"source\":\"a\",\"target\":\"more than sixteen bytes\",\"timestamp\":1}"),
            text("{\"source\":\"a\",\"target\":\"a\",\"timestamp\":1}"));
    List<String> reasons =
        List.of(
            "not JSON",
            "not JSON",
            "target",
            "source is empty",
            "timestamp out of bounds",
            "features",
            "target too long",
            "self loop");
    try (LocalStack stack = new LocalStack(folder.resolve("run"), step -> {})) {
      stack.startKafka(new SettingsLoader(Map.of()).load(Optional.empty(), FLAGS), 0, 1);
      stack.startJob();
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", stack.bootstrapServers()),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        for (int i = 0; i < bad.size(); i++) {
          send(producer, text("key" + i), bad.get(i));
          send(producer, null, text("{\"source\":1,\"target\":2,\"timestamp\":" + i * 5000 + "}"));
        }
      }

      assertThat(read(stack, "predictions", bad.size())).hasSize(bad.size());
      List<ConsumerRecord<byte[], byte[]>> letters = read(stack, "dead-letter", bad.size());
      for (int i = 0; i < bad.size(); i++) {
        ConsumerRecord<byte[], byte[]> letter = letters.get(i);
        assertThat(letter.value()).as("letter " + i).isEqualTo(bad.get(i));
        assertThat(letter.key()).isEqualTo(text("key" + i));
        assertThat(header(letter, "reason")).contains(reasons.get(i));
        assertThat(header(letter, "origin-topic")).isEqualTo("kith.edges");
        assertThat(header(letter, "origin-partition")).isEqualTo("0");
        assertThat(header(letter, "origin-offset")).isEqualTo(Integer.toString(2 * i));
      }
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, byte[] key, byte[] value)
      throws Exception {
    producer.send(new ProducerRecord<>("kith.edges", key, value)).get();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      LocalStack stack, String suffix, int number) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(stack.bootstrapServers(), Map.of(), stack.settings().topic(suffix), true)) {
      while (read.size() < number) {
        reader.poll(Duration.ofSeconds(1)).forEach(read::add);
      }
    }
    return read;
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
