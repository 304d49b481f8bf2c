package io.kith.operators;

import io.kith.operators.KithOptions.Delivery;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The job's ends on Kafka topics. */
final class KafkaEnds {
  private static final String CLIENT_SETTINGS = "kafka.";

  /**
   * Bytes of a partition that are read in one go. A consumer empties what it has of one partition
   * before it turns to the next, so in a backlog this bounds how far the partitions drift apart.
   */
  private static final String FETCH_BYTES = "65536";

  /**
   * An intake that writes exactly once, or a replay of dead letters, may abort what it has sent.
   */
  private static final String COMMITTED = "read_committed";

  /** Kafka's brokers allow 15 minutes by default; a longer outage than this loses a transaction. */
  private static final String TRANSACTION_TIMEOUT_MS = "600000";

  private final String brokers;
  private final String prefix;
  private final String inputPrefix;
  private final DeliveryGuarantee guarantee;
  private final long idleTimeoutMs;
  private final Properties clients = new Properties();

  private KafkaEnds(Configuration settings) {
    brokers = settings.get(KithOptions.BOOTSTRAP_SERVERS);
    prefix = settings.get(KithOptions.PREFIX);
    inputPrefix = settings.getOptional(KithOptions.INPUT_PREFIX).orElse(prefix);
    idleTimeoutMs = settings.get(KithOptions.IDLE_TIMEOUT).toMillis();
    guarantee =
        settings.get(KithOptions.DELIVERY) == Delivery.EXACTLY_ONCE
            ? DeliveryGuarantee.EXACTLY_ONCE
            : DeliveryGuarantee.AT_LEAST_ONCE;
    for (Map.Entry<String, String> setting : settings.toMap().entrySet()) {
      if (setting.getKey().startsWith(CLIENT_SETTINGS)) {
        clients.put(setting.getKey().substring(CLIENT_SETTINGS.length()), setting.getValue());
      }
    }
  }

  static KithJob.Ends of(Configuration settings, ParserSettings parser) {
    KafkaEnds ends = new KafkaEnds(settings);
    return new KithJob.Ends(
        ends.source(parser),
        ends.raw(ends.inputPrefix, "signals"),
        ends.raw(ends.prefix, "requests"),
        ends.responses(),
        ends.sink("predictions", new OutputSchema(ends.topic("predictions"))),
        ends.sink("embeddings", new OutputSchema(ends.topic("embeddings"))),
        ends.sink("recommendations", new OutputSchema(ends.topic("recommendations"))),
        ends.sink("dead-letter", ends.deadLetters()),
        null,
        null);
  }

  private String topic(String name) {
    return prefix + "." + name;
  }

  /** From the start of the topic; a restored job goes on where its checkpoint was taken. */
  private Source<Arrival, ?, ?> source(ParserSettings parser) {
    Properties consumer = new Properties();
    consumer.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, COMMITTED);
    consumer.putAll(clients);
    consumer.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    KafkaSource<Arrival> source =
        KafkaSource.<Arrival>builder()
            .setProperties(consumer)
            .setTopics(inputPrefix + ".edges")
            .setGroupId(prefix)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new ArrivalSchema(parser))
            .build();
    return IdleAwareSource.of(source, idleTimeoutMs, KafkaUnreadProbe.maker(consumer));
  }

  /** From the start of the topic, as it came. */
  private Source<RawArrival, ?, ?> raw(String of, String name) {
    return KafkaSource.<RawArrival>builder()
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, COMMITTED)
        .setProperties(clients)
        .setBootstrapServers(brokers)
        .setTopics(of + "." + name)
        .setGroupId(prefix + "-" + name)
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new RawSchema())
        .build();
  }

  /** Takes larger records than others do, for a letter is more than what was refused. */
  private DeadLetterSchema deadLetters() {
    Properties admin = new Properties();
    admin.putAll(clients);
    admin.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    return new DeadLetterSchema(topic("dead-letter"), admin);
  }

  /** An answer may come twice, but does not wait for a checkpoint. */
  private KafkaSink<OutputRecord> responses() {
    return sink("responses", new OutputSchema(topic("responses")), DeliveryGuarantee.AT_LEAST_ONCE);
  }

  private <T> KafkaSink<T> sink(String name, KafkaRecordSerializationSchema<T> schema) {
    return sink(name, schema, guarantee);
  }

  private <T> KafkaSink<T> sink(
      String name, KafkaRecordSerializationSchema<T> schema, DeliveryGuarantee guarantee) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(brokers)
        .setRecordSerializer(schema)
        .setDeliveryGuarantee(guarantee)
        .setTransactionalIdPrefix(prefix + "-" + name)
        .setProperty(
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(DeadLetterSchema.LARGEST))
        .setKafkaProducerConfig(clients)
        .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS)
        .build();
  }

  private static final class OutputSchema implements KafkaRecordSerializationSchema<OutputRecord> {
    private static final long serialVersionUID = 1L;
    private final String topic;

    OutputSchema(String topic) {
      this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        OutputRecord record, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value());
    }
  }
}
