package io.kith.streams.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics of the intake, looked at through Kafka's admin client. One thread. */
final class IntakeTopics {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeTopics.class);

  /** What Kafka allows by default. */
  private static final int USUAL_BYTES = 1_048_588;

  private final Admin admin;
  private final IntakeSettings settings;

  IntakeTopics(Admin admin, IntakeSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /**
   * Holds the topics against what the application needs.
   *
   * @throws KafkaException that says which are missing
   */
  void requireAll() throws InterruptedException {
    List<String> needed = new ArrayList<>(settings.topics());
    needed.add(settings.edgesTopic());
    needed.add(settings.deadLetterTopic());
    Map<String, KafkaFuture<TopicDescription>> found =
        admin.describeTopics(needed).topicNameValues();
    List<String> missing = new ArrayList<>();
    for (var topic : new TreeMap<>(found).entrySet()) {
      try {
        topic.getValue().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new KafkaException(
              "Kafka does not answer, see --bootstrap-servers and --kafka.* (%s): bootstrap-servers=%s"
                  .formatted(e.getCause().getMessage(), settings.bootstrapServers()),
              e);
        }
        missing.add(topic.getKey());
      }
    }
    if (!missing.isEmpty()) {
      throw new KafkaException(
          "topics missing, see --topics and --prefix, and create Kith's with 'kith topics': topics="
              + String.join(",", missing));
    }
  }

  /** Bytes of a record that the dead-letter topic takes, and the producer too. */
  int mostLetterBytes() throws InterruptedException {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, settings.deadLetterTopic());
    try {
      Config config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
      String bytes = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
      return Math.min(IntakeSettings.LARGEST_LETTER, Integer.parseInt(bytes));
    } catch (ExecutionException e) {
      LOG.warn(
          "the dead-letter topic does not say how large its records may be ({}), taking Kafka's default:"
              + " max.message.bytes={}",
          e.getCause().getMessage(),
          USUAL_BYTES);
      return USUAL_BYTES;
    }
  }
}
