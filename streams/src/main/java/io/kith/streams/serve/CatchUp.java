package io.kith.streams.serve;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether what stood on the topics when this process started has been read. Before that, a node
 * that is not in the store may still come, and "not known" would be wrong. Any thread.
 */
final class CatchUp {
  /** What is still behind; a partition leaves when it has arrived, and does not come back. */
  private final Map<TopicPartition, Progress> behind = new ConcurrentHashMap<>();

  /** Those that the last update found where the one before had. */
  private final Set<TopicPartition> still = ConcurrentHashMap.newKeySet();

  /**
   * @param ends the end of each partition at the start, as an offset
   */
  CatchUp(Map<TopicPartition, Long> ends) {
    ends.forEach((partition, end) -> behind.put(partition, new Progress(0, end)));
  }

  /**
   * What the group has read by now.
   *
   * @param committed next offset of each partition; one that is missing has not been read
   */
  void update(Map<TopicPartition, Long> committed) {
    still.clear();
    behind.replaceAll(
        (partition, before) -> {
          Progress now = new Progress(committed.getOrDefault(partition, 0L), before.total());
          if (now.equals(before)) {
            still.add(partition);
          }
          return now;
        });
    behind.values().removeIf(Progress::isDone);
  }

  /**
   * Lets partitions arrive that have come to a stand before what nobody can read.
   *
   * @param records whether there is anything to read, by partition, offset and end
   */
  void pass(Records records) {
    still.removeIf(
        partition -> {
          Progress at = behind.get(partition);
          return at == null || records.any(partition, at.restored(), at.total());
        });
    behind.keySet().removeAll(still);
  }

  /** Looks between two offsets. */
  @FunctionalInterface
  interface Records {
    boolean any(TopicPartition partition, long from, long end);
  }

  boolean isDone() {
    return behind.isEmpty();
  }

  boolean isDone(int partition) {
    return behind.keySet().stream().noneMatch(p -> p.partition() == partition);
  }

  /** Of one partition of the topics of the nodes. */
  Progress of(int partition) {
    return behind.entrySet().stream()
        .filter(entry -> entry.getKey().partition() == partition)
        .map(Map.Entry::getValue)
        .reduce(Progress.NONE, Progress::plus);
  }

  Progress all() {
    return behind.values().stream().reduce(Progress.NONE, Progress::plus);
  }
}
