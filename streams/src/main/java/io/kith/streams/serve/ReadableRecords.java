package io.kith.streams.serve;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Whether there is anything to read between two offsets. It reads rather than compare offsets: what
 * lies there may be aborted transactions and markers alone, of which nobody is ever told, and past
 * which a group without records commits nothing. One thread.
 */
final class ReadableRecords implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /** A broker that has not answered by then is asked another time; until then there may be some. */
  private static final int POLLS = 10;

  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param client of a consumer in no group, with the isolation of the application
   */
  ReadableRecords(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** False where there surely is none. */
  boolean any(TopicPartition partition, long from, long end) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    for (int poll = 0; poll < POLLS; poll++) {
      if (consumer.poll(POLL).records(partition).stream().anyMatch(r -> r.offset() < end)) {
        return true;
      }
      if (consumer.position(partition) >= end) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
