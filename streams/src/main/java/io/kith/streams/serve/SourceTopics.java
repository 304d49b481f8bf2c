package io.kith.streams.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that are served, looked at through Kafka's admin client. One thread. */
final class SourceTopics {
  private final Admin admin;
  private final ServeSettings settings;

  SourceTopics(Admin admin, ServeSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /**
   * Holds the topics against what the application needs: all there, and those of the nodes split
   * alike.
   *
   * @return number of partitions of the topics of the nodes
   * @throws KafkaException that says what is wrong
   */
  int checkedPartitions() throws InterruptedException {
    List<String> all = new ArrayList<>(settings.nodeTopics());
    all.add(settings.qualityTopic());
    all.add(settings.alertsTopic());
    Map<String, KafkaFuture<TopicDescription>> found = admin.describeTopics(all).topicNameValues();
    Map<String, Integer> partitions = new HashMap<>();
    for (var topic : found.entrySet()) {
      partitions.put(topic.getKey(), partitions(topic.getKey(), topic.getValue()));
    }
    int expected = partitions.get(settings.embeddingsTopic());
    for (String topic : settings.nodeTopics()) {
      if (partitions.get(topic) != expected) {
        throw new KafkaException(
            "the topics of the nodes must have the same number of partitions: %s=%d, %s=%d"
                .formatted(settings.embeddingsTopic(), expected, topic, partitions.get(topic)));
      }
    }
    return expected;
  }

  private int partitions(String topic, KafkaFuture<TopicDescription> description)
      throws InterruptedException {
    try {
      return description.get().partitions().size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new KafkaException(
            topic.equals(settings.recommendationsTopic())
                ? "topic missing, create it with 'kith topics', or set --recommendations=false: topic="
                    + topic
                : "topic missing, create it with 'kith topics' or set --prefix: topic=" + topic,
            e);
      }
      throw unreachable(e);
    }
  }

  /**
   * Where the topics of the nodes end now, as the application may read them. A partition that holds
   * nothing is left out: nothing will ever be read of it.
   */
  Map<TopicPartition, Long> ends(int partitions) throws InterruptedException {
    Map<TopicPartition, Long> starts = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
    ends.entrySet().removeIf(end -> end.getValue() <= starts.get(end.getKey()));
    return ends;
  }

  private Map<TopicPartition, Long> offsets(int partitions, OffsetSpec which)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (String topic : settings.nodeTopics()) {
      for (int partition = 0; partition < partitions; partition++) {
        asked.put(new TopicPartition(topic, partition), which);
      }
    }
    try {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      admin
          .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .all()
          .get()
          .forEach((partition, found) -> offsets.put(partition, found.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw unreachable(e);
    }
  }

  /** What the instances together have read and kept, as the next offset of each partition. */
  Map<TopicPartition, Long> committed() throws InterruptedException {
    try {
      Map<TopicPartition, Long> committed = new HashMap<>();
      Map<TopicPartition, OffsetAndMetadata> found =
          admin
              .listConsumerGroupOffsets(settings.applicationId())
              .partitionsToOffsetAndMetadata()
              .get();
      found.forEach(
          (partition, offset) -> {
            if (offset != null) {
              committed.put(partition, offset.offset());
            }
          });
      return committed;
    } catch (ExecutionException e) {
      throw unreachable(e);
    }
  }

  private KafkaException unreachable(ExecutionException e) {
    return new KafkaException(
        "Kafka does not answer, see --bootstrap-servers and --kafka.* ("
            + e.getCause().getMessage()
            + "): bootstrap-servers="
            + settings.bootstrapServers(),
        e);
  }
}
