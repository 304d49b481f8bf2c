package io.kith.streams;

import io.kith.streams.settings.StreamsProperties;
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
 * @param alertWindows windows over which the model is held against the recency rule; 0 for never
 * @param alertRanked ranked predictions below which a span is not judged
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
    int alertWindows,
    int alertRanked,
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

  String alertsTopic() {
    return prefix + ".alerts";
  }

  /** Start of the window in which an event time lies, ms. */
  long windowOf(long timestamp) {
    long length = windowLength.toMillis();
    return Math.floorDiv(timestamp, length) * length;
  }

  /** The properties for Kafka Streams. */
  Properties streamsProperties() {
    Properties properties = StreamsProperties.of(applicationId, bootstrapServers, stateDir);
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        SkipUnreadable.class.getName());
    // Internal topics keep their names when the topology changes.
    properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000");
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
