package io.kith.deploy.letters;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Fetches records that were too large for a letter from where they stand. One thread. */
final class OriginReader implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(500);
  private static final int TRIES = 20;

  private final KafkaConsumer<byte[], byte[]> consumer;

  OriginReader(String bootstrapServers, Map<String, String> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
    consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The letter with its record; empty where that is no longer there. */
  Optional<Letter> whole(Letter letter) {
    TopicPartition partition = new TopicPartition(letter.topic(), letter.origin().partition());
    long offset = letter.origin().offset();
    consumer.assign(List.of(partition));
    long first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    if (offset < first) {
      return Optional.empty();
    }
    consumer.seek(partition, offset);
    for (int i = 0; i < TRIES && consumer.position(partition) == offset; i++) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(STEP)) {
        return record.offset() == offset
            ? Optional.of(
                letter.with(List.of(record.headers().toArray()), record.key(), record.value()))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
