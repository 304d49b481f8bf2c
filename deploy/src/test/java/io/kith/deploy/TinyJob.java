package io.kith.deploy;

import io.kith.deploy.local.LocalStack;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsException;
import io.kith.deploy.settings.SettingsLoader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A job of two subtasks with a model of few numbers, and what it is sent. */
final class TinyJob {
  private static final Map<String, String> FLAGS =
      Map.of(
          "model", "src/test/resources/tiny.safetensors",
          "nodes", "100",
          "max-parallelism", "4",
          "idle-timeout", "200 ms",
          "parallelism", "2");

  private TinyJob() {}

  /**
   * Its settings.
   *
   * @param further flags
   */
  static Settings settings(Map<String, String> further) throws SettingsException {
    Map<String, String> flags = new HashMap<>(FLAGS);
    flags.putAll(further);
    return new SettingsLoader(Map.of()).load(Optional.empty(), flags);
  }

  static String edge(String source, String target, long timestamp) {
    return "{\"source\":\"%s\",\"target\":\"%s\",\"timestamp\":%d}"
        .formatted(source, target, timestamp);
  }

  /** Sends a record and waits until it is there. */
  static void send(LocalStack stack, String suffix, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      String topic = stack.settings().topic(suffix);
      producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8))).get();
    }
  }
}
