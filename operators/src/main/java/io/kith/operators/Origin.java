package io.kith.operators;

/**
 * Where an arrival came from.
 *
 * @param topic the topic, or the name of what stands for one
 * @param partition input partition; each has a clock of its own
 * @param offset place in the partition
 * @param timestamp the record's own timestamp, ms; not the event time
 */
public record Origin(String topic, int partition, long offset, long timestamp) {}
