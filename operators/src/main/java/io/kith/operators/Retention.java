package io.kith.operators;

import io.kith.operators.KithOptions.WhenFull;
import java.io.Serializable;

/**
 * How many nodes are kept, and for how long. Any thread.
 *
 * @param nodes most nodes that all subtasks keep together
 * @param ttl event time after its last interaction for which a node is kept, ms; 0 for ever
 * @param whenFull what happens when there would be more
 */
public record Retention(long nodes, long ttl, WhenFull whenFull) implements Serializable {
  /** Standard deviations of a fair spread by which a subtask may exceed its share. */
  private static final int DEVIATIONS = 6;

  /** And nodes, for shares so small that deviations say little. */
  private static final int FEW = 12;

  /** All nodes, for ever; one too many is an error. */
  public static Retention ofAll(long nodes) {
    return new Retention(nodes, 0, WhenFull.STOP);
  }

  /** Whether a node stays until somebody asks that it be forgotten. */
  boolean isForGood() {
    return ttl == 0 && !evicts();
  }

  /** Whether nodes are forgotten to make room. */
  boolean evicts() {
    return whenFull == WhenFull.FORGET;
  }

  /** Most nodes of one key group where nodes are forgotten to make room: its share, rounded up. */
  long quota(KeyGroups keyGroups) {
    return (nodes - 1) / keyGroups.number() + 1;
  }

  /**
   * Nodes that a subtask's store must hold: the quotas of its key groups; or, where being full is
   * an error, a little more than its share, for keys are spread over subtasks by hash.
   */
  long capacity(KeyGroups keyGroups, int subtask) {
    int groups = keyGroups.rangeOf(subtask).getNumberOfKeyGroups();
    if (evicts()) {
      return quota(keyGroups) * groups;
    }
    if (keyGroups.parallelism() == 1) {
      return nodes;
    }
    double share = (double) nodes * groups / keyGroups.number();
    return Math.min(nodes, (long) Math.ceil(share + DEVIATIONS * Math.sqrt(share) + FEW));
  }
}
