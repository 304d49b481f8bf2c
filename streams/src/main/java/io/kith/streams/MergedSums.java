package io.kith.streams;

import java.util.Map;
import java.util.TreeMap;

/**
 * The newest sums of every partition for one window or for the total. Newer sums of a partition
 * replace its older ones, so it does not matter how often a {@link PartitionSums} arrives.
 *
 * @param byPartition not to be changed
 */
record MergedSums(Map<Integer, QualitySums> byPartition) {
  static final MergedSums NONE = new MergedSums(Map.of());

  /** These, with the newer sums of one partition. */
  MergedSums with(PartitionSums newer) {
    Map<Integer, QualitySums> changed = new TreeMap<>(byPartition);
    changed.put(newer.partition(), newer.sums());
    return new MergedSums(changed);
  }

  /** The sums over all partitions, added in the order of their numbers. */
  QualitySums total() {
    return new TreeMap<>(byPartition).values().stream().reduce(QualitySums.NONE, QualitySums::plus);
  }
}
