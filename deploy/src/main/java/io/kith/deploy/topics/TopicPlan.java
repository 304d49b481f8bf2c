package io.kith.deploy.topics;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic of Kith and how it is to be set up.
 *
 * @param suffix what follows the prefix and a dot
 * @param partitions 0 for as many as the user asks for
 * @param settings of the topic, where they differ from the broker's defaults
 * @param purpose one line for people
 */
record TopicPlan(String suffix, int partitions, Map<String, String> settings, String purpose) {
  private static final String COMPACT = "compact";
  private static final String POLICY = "cleanup.policy";

  static final List<TopicPlan> ALL =
      List.of(
          new TopicPlan("edges", 0, Map.of(POLICY, "delete"), "interactions in"),
          new TopicPlan("predictions", 0, Map.of(POLICY, "delete"), "scores and ranks, by source"),
          new TopicPlan(
              "embeddings", 0, Map.of(POLICY, COMPACT), "the newest embedding of each node"),
          new TopicPlan(
              "dead-letter", 1, Map.of(POLICY, "delete"), "what was refused, byte for byte"),
          new TopicPlan("quality", 1, Map.of(POLICY, COMPACT), "accuracy over time, by window"));

  NewTopic create(String prefix, int defaultPartitions, short replication) {
    return new NewTopic(name(prefix), partitions == 0 ? defaultPartitions : partitions, replication)
        .configs(settings);
  }

  String name(String prefix) {
    return prefix + "." + suffix;
  }
}
