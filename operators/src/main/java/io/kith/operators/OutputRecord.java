package io.kith.operators;

import java.nio.charset.StandardCharsets;

/**
 * A record for an output topic.
 *
 * @param key UTF-8 of a node id
 * @param value JSON in UTF-8; null says that the node has been forgotten
 * @param timestamp event time, ms
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record OutputRecord(byte[] key, byte[] value, long timestamp) {
  /** Says that a node has been forgotten. */
  static OutputRecord forgotten(String node, long timestamp) {
    return new OutputRecord(node.getBytes(StandardCharsets.UTF_8), null, timestamp);
  }
}
