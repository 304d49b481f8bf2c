package io.kith.operators;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Looks into Kafka's partitions by a consumer of its own, which is in no group. It reads rather
 * than compare offsets: the last ones may be markers of transactions, or compacted away.
 */
final class KafkaUnreadProbe implements UnreadProbe<KafkaPartitionSplit> {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Properties client;
  private volatile KafkaConsumer<byte[], byte[]> open;
  private volatile boolean closed;

  private KafkaUnreadProbe(Properties client) {
    this.client = client;
  }

  /**
   * Makes probes that ask the source's brokers.
   *
   * @param source properties of the source's consumer; isolation and credentials hold here too
   */
  static Maker<KafkaPartitionSplit> maker(Properties source) {
    Properties client = new Properties();
    client.putAll(source);
    // An id of its own each, or they would be taken for one.
    client.remove(ConsumerConfig.CLIENT_ID_CONFIG);
    client.remove(ConsumerConfig.GROUP_ID_CONFIG);
    client.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
    client.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    client.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    client.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
    client.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
    return new KafkaMaker(client);
  }

  @Override
  public synchronized boolean unread(KafkaPartitionSplit split, long next) {
    if (open == null && !closed) {
      open = new KafkaConsumer<>(client);
    }
    // After the consumer can be seen: whoever closes now either wakes it, or was noticed here.
    if (closed) {
      throw new WakeupException();
    }
    TopicPartition partition = split.getTopicPartition();
    open.assign(List.of(partition));
    long from = next == FROM_START ? split.getStartingOffset() : next;
    if (from < 0) {
      open.seekToBeginning(List.of(partition));
    } else {
      open.seek(partition, from);
    }
    long end = open.endOffsets(List.of(partition)).get(partition);
    long begun = System.nanoTime();
    while (open.position(partition) < end) {
      if (!open.poll(POLL).isEmpty()) {
        return true;
      }
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new TimeoutException(
            "no record and no end: offset=%d, end=%d".formatted(open.position(partition), end));
      }
    }
    return false;
  }

  @Override
  public void close() {
    closed = true;
    KafkaConsumer<byte[], byte[]> asked = open;
    if (asked != null) {
      asked.wakeup();
    }
    closeConsumer();
  }

  private synchronized void closeConsumer() {
    if (open != null) {
      open.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private record KafkaMaker(Properties client) implements Maker<KafkaPartitionSplit> {
    @Override
    public UnreadProbe<KafkaPartitionSplit> open() {
      return new KafkaUnreadProbe(client);
    }
  }
}
