package io.kith.bench;

import io.kith.deploy.EdgeProducer;
import io.kith.deploy.local.EmbeddedFlink;
import io.kith.deploy.local.EmbeddedKafka;
import io.kith.deploy.local.Folders;
import io.kith.deploy.local.LocalJob;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.topics.Topics;
import io.kith.model.RecordFormat;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker in this process, and jobs between topics of it, each with topics of its own. */
final class KafkaStage implements AutoCloseable {
  private static final short REPLICATION = 1;

  private final Path folder;
  private final EmbeddedKafka kafka;
  private final int nodes;
  private final RecordFormat format;
  private int round;

  private KafkaStage(Path folder, EmbeddedKafka kafka, int nodes, RecordFormat format) {
    this.folder = folder;
    this.kafka = kafka;
    this.nodes = nodes;
    this.format = format;
  }

  /** Starts the broker. */
  static KafkaStage open(int nodes, RecordFormat format) throws Exception {
    Path folder = Files.createTempDirectory("kith-bench-kafka");
    return new KafkaStage(
        folder, EmbeddedKafka.start(folder.resolve("kafka"), 0, false), nodes, format);
  }

  /** Topics of one partition, and settings of a job between them. */
  Settings topics() throws Exception {
    Configuration settings = new Configuration();
    settings.set(KithOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
    settings.set(KithOptions.PREFIX, "bench" + round++);
    settings.set(KithOptions.WINDOW, Duration.ofMillis(JobSpeed.WINDOW_MS));
    settings.set(KithOptions.OUT_OF_ORDERNESS, Duration.ZERO);
    settings.set(KithOptions.NODES, (long) nodes);
    settings.set(KithOptions.NEGATIVES, 1);
    settings.set(KithOptions.FORMAT, format);
    try (Topics topics = new Topics(kafka.bootstrapServers(), Map.of())) {
      topics.ensure(settings.get(KithOptions.PREFIX), 1, REPLICATION);
    }
    return new Settings(settings, Map.of());
  }

  EmbeddedFlink job(Settings settings) throws Exception {
    return LocalJob.start(settings, folder.resolve("checkpoints"), Optional.empty());
  }

  EdgeProducer producer(Settings settings) {
    return new EdgeProducer(kafka.bootstrapServers(), Map.of(), settings.topic("edges"), format);
  }

  KafkaConsumer<byte[], byte[]> predictions(Settings settings) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                "bench",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(settings.topic("predictions")));
    return consumer;
  }

  @Override
  public void close() throws IOException {
    kafka.close();
    Folders.delete(folder);
  }
}
