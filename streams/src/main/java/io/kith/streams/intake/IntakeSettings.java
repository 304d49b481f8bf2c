package io.kith.streams.intake;

import io.kith.streams.settings.StreamsProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of the intake, checked.
 *
 * @param bootstrapServers brokers, host:port separated by commas
 * @param prefix first part of the topics' names
 * @param applicationId shared by the instances that share the work
 * @param topics from which events come
 * @param format makes what opens events, for one thread each
 * @param fields where an interaction stands, and what it must be
 * @param duplicateWindow how far apart in event time copies are known; zero for no matter
 * @param hasEventIds whether events have ids
 * @param dropsSelfLoops rather than to refuse them
 * @param exactlyOnce whether outputs and progress are written in transactions
 * @param stateDir folder for the store
 * @param kafka further properties of Kafka Streams and its clients; they win over ours
 */
record IntakeSettings(
    String bootstrapServers,
    String prefix,
    String applicationId,
    List<String> topics,
    Supplier<EventFormat> format,
    InteractionFields fields,
    Duration duplicateWindow,
    boolean hasEventIds,
    boolean dropsSelfLoops,
    boolean exactlyOnce,
    Path stateDir,
    Map<String, String> kafka) {
  /**
   * The largest letter whatever the topic takes; the producer's buffer of 32 MiB has room for it.
   */
  static final int LARGEST_LETTER = 16 << 20;

  IntakeSettings {
    topics = List.copyOf(topics);
    kafka = Map.copyOf(kafka);
  }

  /**
   * Settings from a command line.
   *
   * @param environment variables of the process
   * @param arguments see {@link IntakeOption}
   * @throws IllegalArgumentException with all faults, one a line
   */
  static IntakeSettings parse(Map<String, String> environment, String... arguments) {
    return new IntakeArguments(environment, arguments).settings();
  }

  String edgesTopic() {
    return prefix + ".edges";
  }

  String deadLetterTopic() {
    return prefix + ".dead-letter";
  }

  boolean dropsDuplicates() {
    return hasEventIds && !duplicateWindow.isZero();
  }

  /** The properties for Kafka Streams. */
  Properties streamsProperties() {
    Properties properties = StreamsProperties.of(applicationId, bootstrapServers, stateDir);
    if (exactlyOnce) {
      properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    } else {
      properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000");
    }
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        Integer.toString(LARGEST_LETTER));
    properties.putAll(kafka);
    return properties;
  }

  /** Without the values of Kafka's properties, which may be secrets. */
  @Override
  public String toString() {
    return "IntakeSettings[application-id=%s, bootstrap-servers=%s, kafka=%s]"
        .formatted(applicationId, bootstrapServers, kafka.keySet());
  }
}
