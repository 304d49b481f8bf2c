package io.kith.deploy.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * How topics that exist differ from how {@code kith topics} would make them, one line each, e.g.
 * {@code cleanup.policy=delete, expected=compact}.
 *
 * @param prefix of the topics
 * @param partitions asked of the topics that are split by node; 0 for any number
 * @param replication asked; -1 for any
 */
record TopicDifferences(String prefix, int partitions, short replication) {
  /** Read together by {@code kith serve}, so split as the embeddings are. */
  private static final Set<String> SPLIT_ALIKE = Set.of("predictions", "recommendations");

  /**
   * Of one topic.
   *
   * @param embeddings the number of partitions that the embeddings have
   */
  List<String> of(TopicPlan plan, TopicDescription found, Config config, int embeddings) {
    List<String> differences = new ArrayList<>();
    plan.settings()
        .forEach(
            (setting, expected) -> {
              String value =
                  Optional.ofNullable(config.get(setting)).map(e -> e.value()).orElse("none");
              if (!value.equals(expected)) {
                differences.add("%s=%s, expected=%s".formatted(setting, value, expected));
              }
            });
    int number = found.partitions().size();
    int expected = plan.partitions() == 0 ? partitions : plan.partitions();
    if (expected != 0 && number != expected) {
      differences.add("partitions=%d, expected=%d".formatted(number, expected));
    }
    differences.addAll(split(plan, number, embeddings));
    found.partitions().stream()
        .mapToInt(TopicDifferences::copies)
        .filter(copies -> replication > 0 && copies != replication)
        .distinct()
        .forEach(
            copies ->
                differences.add("replication=%d, expected=%d".formatted(copies, replication)));
    return differences;
  }

  /** Of a topic that has so many partitions, whether it was made just now or before. */
  List<String> split(TopicPlan plan, int number, int embeddings) {
    return SPLIT_ALIKE.contains(plan.suffix()) && number != embeddings
        ? List.of(
            "partitions=%d, expected=%d as %s.embeddings has, for 'kith serve'"
                .formatted(number, embeddings, prefix))
        : List.of();
  }

  private static int copies(TopicPartitionInfo partition) {
    return partition.replicas().size();
  }
}
