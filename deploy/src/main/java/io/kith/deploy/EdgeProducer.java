package io.kith.deploy;

import io.kith.model.Interaction;
import io.kith.model.RecordFormat;
import io.kith.streams.EdgeJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends interactions to the edges topic, keyed by their source, so that those of a source stay in
 * order. One thread sends; the counters may be read by any.
 */
public final class EdgeProducer implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final RecordFormat format;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Connects, to send JSON. */
  public EdgeProducer(String bootstrapServers, Map<String, String> properties, String topic) {
    this(bootstrapServers, properties, topic, RecordFormat.JSON);
  }

  /**
   * Connects.
   *
   * @param properties further ones of Kafka's clients
   */
  public EdgeProducer(
      String bootstrapServers, Map<String, String> properties, String topic, RecordFormat format) {
    Map<String, Object> all = new HashMap<>();
    all.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "20000");
    all.putAll(properties);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    this.producer = new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    this.topic = topic;
    this.format = format;
  }

  /**
   * Hands an interaction to Kafka's client, which sends it soon.
   *
   * @throws CommandException where an earlier one was not taken
   */
  public void send(Interaction interaction) throws CommandException {
    failOnFailure();
    // The callback is told of failures.
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                topic,
                interaction.source().getBytes(StandardCharsets.UTF_8),
                EdgeJson.of(interaction, format)),
            (metadata, e) -> {
              if (e == null) {
                acknowledged.incrementAndGet();
              } else {
                failure.compareAndSet(null, e);
              }
            });
  }

  /** Returns when all that was sent is on the topic. */
  public void flush() throws CommandException {
    producer.flush();
    failOnFailure();
  }

  /** How many Kafka has taken. */
  public long acknowledged() {
    return acknowledged.get();
  }

  private void failOnFailure() throws CommandException {
    Exception e = failure.get();
    if (e != null) {
      throw new CommandException(
          "Kafka did not take an interaction (%s): topic=%s".formatted(e.getMessage(), topic), e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
