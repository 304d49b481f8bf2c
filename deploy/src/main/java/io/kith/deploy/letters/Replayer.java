package io.kith.deploy.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kith.deploy.CommandException;
import io.kith.deploy.RootCause;
import io.kith.streams.LetterHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends letters in again. Each goes out in one transaction with a mark on the dead-letter topic, so
 * that it has been sent where it is marked and nowhere else; a second replayer of the same prefix
 * shuts the first one out. One thread.
 */
final class Replayer implements AutoCloseable {
  private static final int MOST_BYTES = 16 << 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String deadLetters;

  /**
   * Connects, and ends what an earlier one may have left open.
   *
   * @param deadLetters the topic on which marks are set
   */
  Replayer(String bootstrapServers, Map<String, String> properties, String deadLetters) {
    this.deadLetters = deadLetters;
    Map<String, Object> all = new HashMap<>();
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "20000");
    all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES);
    all.putAll(properties);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, deadLetters + "-replay");
    producer = new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  /**
   * Sends one, or throws an IllegalArgumentException where it is too large for the topic.
   *
   * @param topic where to
   * @param partition of it; null for that of the key
   */
  void send(Letter letter, String topic, Integer partition)
      throws CommandException, InterruptedException {
    producer.beginTransaction();
    try {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  topic, partition, null, letter.key(), letter.value(), letter.headers())));
      ProducerRecord<byte[], byte[]> mark = new ProducerRecord<>(deadLetters, null, null);
      mark.headers().add(LetterHeaders.REPLAYED, letter.place().toString().getBytes(UTF_8));
      sent.add(producer.send(mark));
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
      producer.commitTransaction();
    } catch (ExecutionException | KafkaException e) {
      if (isShutOut(e) || isShutOut(e.getCause())) {
        throw new CommandException(
            "another replay of these letters has begun, this one ends; it was not sent: letter=%s, topic=%s"
                .formatted(letter.place(), topic),
            e);
      }
      producer.abortTransaction();
      if (e.getCause() instanceof RecordTooLargeException) {
        throw new IllegalArgumentException(
            "its topic does not take so large a record, see max.message.bytes: letter=%s, topic=%s"
                .formatted(letter.place(), topic),
            e);
      }
      throw new CommandException(
          "Kafka did not take it, it was not sent (%s): letter=%s, topic=%s"
              .formatted(RootCause.of(e), letter.place(), topic),
          e);
    }
  }

  private static boolean isShutOut(Throwable failure) {
    return failure instanceof ProducerFencedException
        || failure instanceof InvalidProducerEpochException;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
