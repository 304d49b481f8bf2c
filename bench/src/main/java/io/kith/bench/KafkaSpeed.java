package io.kith.bench;

import io.kith.deploy.EdgeProducer;
import io.kith.deploy.local.EmbeddedFlink;
import io.kith.deploy.local.EmbeddedKafka;
import io.kith.deploy.local.Folders;
import io.kith.deploy.local.LocalJob;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.topics.Topics;
import io.kith.model.Interaction;
import io.kith.operators.KithOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * From Kafka to Kafka, with the broker in this process too: interactions wait on their topic,
 * embeddings and predictions go out as JSON, and a consumer counts the predictions as they come.
 */
final class KafkaSpeed implements Measure {
  private static final short REPLICATION = 1;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final BenchStream stream;
  private int round;

  KafkaSpeed(BenchStream stream) {
    this.stream = stream;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String what() {
    return "Kafka to Kafka, broker included, JSON, one negative: k interactions/s";
  }

  @Override
  public String target() {
    return "10, better 20";
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) throws Exception {
    Path folder = Files.createTempDirectory("kith-bench-kafka");
    List<Interaction> live = JobSpeed.live(stream.interactions());
    step.accept("starting Kafka");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, false)) {
      step.accept("warming up");
      once(kafka.bootstrapServers(), folder, live);
      double[] speeds = new double[repeats];
      for (int i = 0; i < repeats; i++) {
        step.accept("round %d of %d".formatted(i + 1, repeats));
        speeds[i] = once(kafka.bootstrapServers(), folder, live);
      }
      return speeds;
    } finally {
      Folders.delete(folder);
    }
  }

  private double once(String brokers, Path folder, List<Interaction> live) throws Exception {
    Settings settings = new Settings(settings(brokers, "bench" + round++), Map.of());
    try (Topics topics = new Topics(brokers, Map.of())) {
      topics.ensure(settings.get(KithOptions.PREFIX), 1, REPLICATION);
    }
    try (EdgeProducer producer = new EdgeProducer(brokers, Map.of(), settings.topic("edges"))) {
      for (Interaction interaction : live) {
        producer.send(interaction);
      }
      producer.flush();
    }
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(brokers);
        EmbeddedFlink flink =
            LocalJob.start(settings, folder.resolve("checkpoints"), Optional.empty())) {
      consumer.subscribe(List.of(settings.topic("predictions")));
      return pace(consumer, flink, live.size() - 2 * JobSpeed.PER_WINDOW);
    }
  }

  /** Until all but the last windows are there, which wait for their partition to fall silent. */
  private static double pace(
      KafkaConsumer<byte[], byte[]> consumer, EmbeddedFlink flink, int expected) {
    Pace predictions = new Pace();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (predictions.count() < expected) {
      consumer.poll(POLL).forEach(record -> predictions.step());
      if (flink.ended() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "predictions stay away: found=%d, expected=%d, job ended=%s"
                .formatted(predictions.count(), expected, flink.ended()));
      }
    }
    return predictions.thousandsPerSecond();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String brokers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            brokers,
            ConsumerConfig.GROUP_ID_CONFIG,
            "bench",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private Configuration settings(String brokers, String prefix) {
    Configuration settings = new Configuration();
    settings.set(KithOptions.BOOTSTRAP_SERVERS, brokers);
    settings.set(KithOptions.PREFIX, prefix);
    settings.set(KithOptions.WINDOW, Duration.ofMillis(JobSpeed.WINDOW_MS));
    settings.set(KithOptions.OUT_OF_ORDERNESS, Duration.ZERO);
    settings.set(KithOptions.NODES, (long) stream.nodes());
    settings.set(KithOptions.NEGATIVES, 1);
    return settings;
  }
}
