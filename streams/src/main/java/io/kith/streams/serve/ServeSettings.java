package io.kith.streams.serve;

import io.kith.streams.SkipUnreadable;
import io.kith.streams.settings.StreamsProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Settings of the serving application, checked.
 *
 * @param bootstrapServers brokers, host:port separated by commas
 * @param prefix first part of the topics' names
 * @param applicationId shared by the instances that share the work
 * @param listen where HTTP is answered; port 0 for a free one
 * @param advertise where other instances reach this one; empty for where it listens
 * @param token that requests must bring; empty where none is asked for
 * @param maxK the most similar nodes that may be asked for
 * @param keepPredictions the newest predictions kept of a node
 * @param recommendations whether lists of next partners are served
 * @param maxBody bytes of a request's body
 * @param standbyReplicas copies of each store on other instances
 * @param maxStandbyLag changes that a copy may be behind and still answer
 * @param peerTimeout how long to wait for another instance
 * @param storeMemory bytes for RocksDB
 * @param stateDir folder for the stores
 * @param kafka further properties of Kafka Streams and its clients; they win over ours
 */
record ServeSettings(
    String bootstrapServers,
    String prefix,
    String applicationId,
    HostInfo listen,
    Optional<HostInfo> advertise,
    Optional<BearerToken> token,
    int maxK,
    int keepPredictions,
    boolean recommendations,
    int maxBody,
    int standbyReplicas,
    int maxStandbyLag,
    Duration peerTimeout,
    long storeMemory,
    Path stateDir,
    Map<String, String> kafka) {

  /**
   * Settings from a command line.
   *
   * @param environment variables of the process
   * @param arguments see {@link ServeOption}
   * @throws IllegalArgumentException with all faults, one a line
   */
  static ServeSettings parse(Map<String, String> environment, String... arguments) {
    return new ServeArguments(environment, arguments).settings();
  }

  String embeddingsTopic() {
    return prefix + ".embeddings";
  }

  String predictionsTopic() {
    return prefix + ".predictions";
  }

  String recommendationsTopic() {
    return prefix + ".recommendations";
  }

  /** The topics that are split by node, all alike. */
  List<String> nodeTopics() {
    return recommendations
        ? List.of(embeddingsTopic(), predictionsTopic(), recommendationsTopic())
        : List.of(embeddingsTopic(), predictionsTopic());
  }

  String qualityTopic() {
    return prefix + ".quality";
  }

  String alertsTopic() {
    return prefix + ".alerts";
  }

  /**
   * The properties for Kafka Streams.
   *
   * @param self where other instances reach this one
   */
  Properties streamsProperties(HostInfo self) {
    Properties properties = StreamsProperties.of(applicationId, bootstrapServers, stateDir);
    properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, self.host() + ":" + self.port());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbyReplicas);
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        SkipUnreadable.class.getName());
    properties.put(
        StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedStoreMemory.class.getName());
    properties.put(SharedStoreMemory.BYTES, storeMemory);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "1000");
    properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    properties.putAll(kafka);
    return properties;
  }

  /** Without the values of Kafka's properties, which may be secrets. */
  @Override
  public String toString() {
    return "ServeSettings[application-id=%s, bootstrap-servers=%s, kafka=%s]"
        .formatted(applicationId, bootstrapServers, kafka.keySet());
  }
}
