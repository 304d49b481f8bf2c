package io.kith.streams;

/**
 * What one partition of the predictions topic has to say of a window or of the total, so far.
 *
 * @param partition number of the partition
 * @param sums of all its predictions so far, not of those since the last such record
 */
record PartitionSums(int partition, QualitySums sums) {}
