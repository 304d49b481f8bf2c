package io.kith.operators;

import io.kith.model.NodeKey;

/**
 * What tells a request from others.
 *
 * @param partition of the requests topic
 * @param offset in the partition
 * @param correlationId by which whoever asked knows the answer
 */
record RequestName(int partition, long offset, String correlationId) {
  /** A key of the subtask where its answer is put together. */
  long key() {
    return NodeKey.mix(NodeKey.mix(partition) + offset);
  }
}
