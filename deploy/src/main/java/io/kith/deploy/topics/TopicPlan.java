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
  private static final Map<String, String> INPUT = Map.of("cleanup.policy", "delete");

  /**
   * The job stamps its records with event time. By that, a replay of old data would be deleted at
   * once and one from ahead of the clock refused; so the broker keeps the time of arrival instead.
   */
  private static final Map<String, String> OUTPUT =
      Map.of("cleanup.policy", "delete", "message.timestamp.type", "LogAppendTime");

  /** Nobody asks for an old answer, and a job that begins anew answers what it still finds. */
  private static final Map<String, String> PASSING =
      Map.of(
          "cleanup.policy", "delete",
          "message.timestamp.type", "LogAppendTime",
          "retention.ms", "3600000");

  private static final Map<String, String> NEWEST =
      Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime");

  /**
   * A letter is more than what was refused; what other topics take, this must. Larger ones are left
   * out of their letters, by the job and the intake.
   */
  private static final Map<String, String> LETTERS =
      Map.of(
          "cleanup.policy", "delete",
          "message.timestamp.type", "LogAppendTime",
          "max.message.bytes", String.valueOf(16 << 20));

  static final List<TopicPlan> ALL =
      List.of(
          new TopicPlan("edges", 0, INPUT, "interactions in"),
          new TopicPlan("signals", 1, INPUT, "requests to forget nodes"),
          new TopicPlan("requests", 1, PASSING, "questions about nodes as they are now"),
          new TopicPlan("responses", 1, PASSING, "the answers"),
          new TopicPlan("predictions", 0, OUTPUT, "scores and ranks, by source"),
          new TopicPlan("embeddings", 0, NEWEST, "the newest embedding of each node"),
          new TopicPlan("recommendations", 0, NEWEST, "the next partners of each active node"),
          new TopicPlan("dead-letter", 1, LETTERS, "what was refused, byte for byte"),
          new TopicPlan("quality", 1, NEWEST, "accuracy over time, by window"),
          new TopicPlan("alerts", 1, NEWEST, "when the model falls behind the recency rule"));

  NewTopic create(String prefix, int defaultPartitions, short replication) {
    return new NewTopic(name(prefix), partitions == 0 ? defaultPartitions : partitions, replication)
        .configs(settings);
  }

  String name(String prefix) {
    return prefix + "." + suffix;
  }
}
