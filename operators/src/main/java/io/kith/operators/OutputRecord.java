package io.kith.operators;

/**
 * A record for an output topic.
 *
 * @param key UTF-8 of a node id
 * @param value JSON in UTF-8; null says that the node has been forgotten
 * @param timestamp event time, ms
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record OutputRecord(byte[] key, byte[] value, long timestamp) {}
