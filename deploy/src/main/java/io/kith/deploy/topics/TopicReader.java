package io.kith.deploy.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a whole topic, committed records only, without a consumer group: nothing is left on the
 * broker. One thread.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends;

  /**
   * Starts at the beginning or at the end of every partition.
   *
   * @param properties further ones of Kafka's clients
   */
  public TopicReader(
      String bootstrapServers,
      Map<String, String> properties,
      String topic,
      boolean fromBeginning) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    consumer = new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, TIMEOUT).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    ends = consumer.endOffsets(partitions, TIMEOUT);
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
      partitions.forEach(partition -> consumer.position(partition, TIMEOUT));
    }
  }

  /** What has come since, waiting at most so long for the first; oldest first by partition. */
  public Iterable<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
    return records;
  }

  /** True when all that stood there when this was made has been polled. */
  public boolean isPastTheOld() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), TIMEOUT) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
  }
}
