package io.kith.operators;

import java.io.Serializable;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Which key group, and which subtask, a node belongs to: Flink's own assignment for keys of type
 * {@code Long}, without boxing. Any thread.
 *
 * @param number of key groups: the job's max-parallelism
 * @param parallelism subtasks among which they are shared
 */
record KeyGroups(int number, int parallelism) implements Serializable {
  /** The key group of a node. */
  int of(long key) {
    return KeyGroupRangeAssignment.computeKeyGroupForKeyHash(Long.hashCode(key), number);
  }

  /** How many of them a subtask owns. */
  int groupsOf(int subtask) {
    return KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            number, parallelism, subtask)
        .getNumberOfKeyGroups();
  }

  /** The subtask that owns a node. */
  int subtaskOf(long key) {
    return KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(number, parallelism, of(key));
  }
}
