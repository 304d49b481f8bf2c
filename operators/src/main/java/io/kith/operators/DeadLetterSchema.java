package io.kith.operators;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Kafka's records of dead letters: key and value as they came, the rest in headers. What is
 * too large for the topic would stop the job at each restart, so it is left out, and its letter
 * says where it stands.
 */
final class DeadLetterSchema implements KafkaRecordSerializationSchema<DeadLetter> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterSchema.class);

  /** The largest letter whatever the topic takes; the producer's buffer of 32 MiB has room. */
  static final int LARGEST = 16 << 20;

  /** What Kafka's topics take by default. */
  private static final int USUAL = 1_048_588;

  /** Upper bound of what headers and the format add; of the headers only the reason is long. */
  private static final int OVERHEAD = 2048;

  /** A reason may repeat what came, which may be long. */
  private static final int LONGEST_REASON = 1000;

  private final String topic;
  private final Properties client;
  private transient int mostBytes;

  /**
   * @param client properties by which the topic is asked what it takes
   */
  DeadLetterSchema(String topic, Properties client) {
    this.topic = topic;
    this.client = client;
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink)
      throws InterruptedException {
    Object own = client.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    int producer = own == null ? LARGEST : Integer.parseInt(own.toString());
    mostBytes = Math.min(Math.min(LARGEST, producer), topicTakes());
  }

  private int topicTakes() throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(client)) {
      Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      return Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
    } catch (ExecutionException e) {
      LOG.warn(
          "the topic does not say how large its records may be ({}), taking Kafka's default:"
              + " topic={}, max.message.bytes={}",
          e.getCause().getMessage(),
          topic,
          USUAL);
      return USUAL;
    }
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, Long timestamp) {
    return record(letter, mostBytes);
  }

  /**
   * The record of a letter.
   *
   * @param mostBytes that a record may have
   */
  ProducerRecord<byte[], byte[]> record(DeadLetter letter, int mostBytes) {
    Origin origin = letter.origin();
    String reason = letter.reason();
    Headers headers = new RecordHeaders();
    add(headers, "reason", reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
    add(headers, "stage", letter.stage());
    add(headers, "origin-topic", origin.topic());
    add(headers, "origin-partition", String.valueOf(origin.partition()));
    add(headers, "origin-offset", String.valueOf(origin.offset()));
    add(headers, "origin-timestamp", String.valueOf(origin.timestamp()));
    long bytes = OVERHEAD + length(letter.key()) + length(letter.value()) + reasonBytes(headers);
    if (bytes <= mostBytes) {
      return new ProducerRecord<>(topic, null, null, letter.key(), letter.value(), headers);
    }
    add(headers, "left-out-bytes", String.valueOf(bytes));
    return new ProducerRecord<>(topic, null, null, null, null, headers);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static long reasonBytes(Headers headers) {
    return headers.lastHeader("reason").value().length;
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
