package io.kith.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of the quality application, checked.
 *
 * @param bootstrapServers brokers, host:port separated by commas
 * @param prefix first part of the topics' names
 * @param applicationId name of the consumer group and first part of the internal topics' names
 * @param windowLength of a tumbling window of event time
 * @param from event time from which the total counts, ms; empty for everything
 * @param keepWindows how many windows late predictions still change
 * @param publishInterval wall-clock time between publications
 * @param stateDir folder for Kafka Streams
 * @param kafka further properties of Kafka Streams and its clients; they win over ours
 */
public record QualitySettings(
    String bootstrapServers,
    String prefix,
    String applicationId,
    Duration windowLength,
    OptionalLong from,
    int keepWindows,
    Duration publishInterval,
    Path stateDir,
    Map<String, String> kafka) {

  /**
   * Settings from a command line.
   *
   * @param arguments see {@link QualityMain}
   * @throws IllegalArgumentException with all faults, one a line
   */
  public static QualitySettings parse(String... arguments) {
    return parse(Map.of(), arguments);
  }

  /**
   * Settings from a command line and the environment.
   *
   * @param environment variables of the process, for properties of Kafka
   */
  static QualitySettings parse(Map<String, String> environment, String... arguments) {
    return new QualityArguments(environment, arguments).settings();
  }

  String predictionsTopic() {
    return prefix + ".predictions";
  }

  String qualityTopic() {
    return prefix + ".quality";
  }

  /** Start of the window in which an event time lies, ms. */
  long windowOf(long timestamp) {
    long length = windowLength.toMillis();
    return Math.floorDiv(timestamp, length) * length;
  }

  /** The properties for Kafka Streams. */
  Properties streamsProperties() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        SkipUnreadable.class.getName());
    // Internal topics keep their names when the topology changes.
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000");
    // A killed process is missed after this long; until then one in its place has to wait.
    properties.put(StreamsConfig.consumerPrefix("session.timeout.ms"), "10000");
    // With a job that delivers exactly once, what it aborts must not be counted.
    properties.put(StreamsConfig.consumerPrefix("isolation.level"), "read_committed");
    properties.putAll(kafka);
    return properties;
  }

  /** Without the values of Kafka's properties, which may be secrets. */
  @Override
  public String toString() {
    return "QualitySettings[application-id=%s, bootstrap-servers=%s, kafka=%s]"
        .formatted(applicationId, bootstrapServers, kafka.keySet());
  }
}
