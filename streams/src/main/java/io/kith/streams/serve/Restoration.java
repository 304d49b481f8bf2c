package io.kith.streams.serve;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Which stores are being restored from their changelogs, and how far. Any thread. */
final class Restoration implements StateRestoreListener {
  private final Map<TopicPartition, Progress> running = new ConcurrentHashMap<>();

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
    running.put(changelog, new Progress(0, Math.max(0, end - start)));
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long restored) {
    running.computeIfPresent(
        changelog, (key, before) -> new Progress(before.restored() + restored, before.total()));
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long restored) {
    running.remove(changelog);
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long restored) {
    running.remove(changelog);
  }

  /** Of the stores of one partition. */
  Progress of(int partition) {
    return running.entrySet().stream()
        .filter(entry -> entry.getKey().partition() == partition)
        .map(Map.Entry::getValue)
        .reduce(Progress.NONE, Progress::plus);
  }

  /** Of all stores that are being restored. */
  Progress all() {
    return running.values().stream().reduce(Progress.NONE, Progress::plus);
  }

  boolean isRunning() {
    return !running.isEmpty();
  }
}
