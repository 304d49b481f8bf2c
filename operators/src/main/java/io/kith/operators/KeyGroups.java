package io.kith.operators;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.flink.runtime.state.KeyGroupRange;
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

  /** The key groups of a subtask. */
  KeyGroupRange rangeOf(int subtask) {
    return KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
        number, parallelism, subtask);
  }

  /** For each key group a key that belongs to it: the smallest of those that are not negative. */
  long[] keyOfEach() {
    long[] keys = new long[number];
    Arrays.fill(keys, -1);
    int found = 0;
    for (long key = 0; found < number; key++) {
      int group = of(key);
      if (keys[group] < 0) {
        keys[group] = key;
        found++;
      }
    }
    return keys;
  }

  /** A key that belongs to a subtask: where to send what is for the subtask and no node of it. */
  long keyOf(int subtask) {
    long key = 0;
    while (subtaskOf(key) != subtask) {
      key++;
    }
    return key;
  }

  /** The subtask that owns a node. */
  int subtaskOf(long key) {
    return KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(number, parallelism, of(key));
  }
}
