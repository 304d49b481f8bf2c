package io.kith.bench;

import io.kith.deploy.EdgeProducer;
import io.kith.deploy.local.EmbeddedFlink;
import io.kith.deploy.settings.Settings;
import io.kith.model.Interaction;
import io.kith.model.RecordFormat;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * From Kafka to Kafka, with the broker in this process too: interactions wait on their topic,
 * embeddings and predictions go out, and a consumer counts the predictions as they come.
 */
final class KafkaSpeed implements Measure {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final BenchStream stream;
  private final RecordFormat format;
  private final String target;

  KafkaSpeed(BenchStream stream, RecordFormat format, String target) {
    this.stream = stream;
    this.format = format;
    this.target = target;
  }

  @Override
  public String name() {
    return "kafka-" + format.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String what() {
    return "Kafka to Kafka, broker included, %s, one negative: k interactions/s".formatted(format);
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) throws Exception {
    List<Interaction> live = JobSpeed.live(stream.interactions());
    step.accept("starting Kafka");
    try (KafkaStage stage = KafkaStage.open(stream.nodes(), format)) {
      step.accept("warming up");
      once(stage, live);
      double[] speeds = new double[repeats];
      for (int i = 0; i < repeats; i++) {
        step.accept("round %d of %d".formatted(i + 1, repeats));
        speeds[i] = once(stage, live);
      }
      return speeds;
    }
  }

  /** Thousands of interactions a second. */
  static double once(KafkaStage stage, List<Interaction> live) throws Exception {
    Settings settings = stage.topics();
    try (EdgeProducer producer = stage.producer(settings)) {
      for (Interaction interaction : live) {
        producer.send(interaction);
      }
      producer.flush();
    }
    try (KafkaConsumer<byte[], byte[]> consumer = stage.predictions(settings);
        EmbeddedFlink flink = stage.job(settings)) {
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
}
