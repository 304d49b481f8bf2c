package io.kith.operators;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Addresses a window's half-interactions to their partners. An owner's record goes along the first
 * time it is sent to a subtask in the window, and not at all to the subtask that owns it. Only
 * reads. Not safe for concurrent use.
 */
final class Outbox {
  private static final Comparator<Half> BY_OWNER = Comparator.comparingLong(Half::owner);

  private final OwnedNodes nodes;
  private final KeyGroups keyGroups;
  private final int here;
  private final boolean[] sentTo;
  private final StoredRecord record;
  private final byte[] copy;

  /** Takes what is to be sent. */
  @FunctionalInterface
  interface Carrier {
    /** Sends one; {@code ownerRecord} as in {@link Exchange}, valid during the call. */
    void send(Half half, int subtask, byte[] ownerRecord);
  }

  /**
   * @param here the subtask whose nodes these are
   */
  Outbox(OwnedNodes nodes, KeyGroups keyGroups, int here, StoredRecord view) {
    this.nodes = nodes;
    this.keyGroups = keyGroups;
    this.here = here;
    this.sentTo = new boolean[keyGroups.parallelism()];
    this.record = view;
    this.copy = new byte[view.layout().length()];
  }

  /** Sends all the half-interactions of one window; sorts the list. */
  void send(List<Half> halves, Carrier carrier) {
    halves.sort(BY_OWNER);
    for (int i = 0; i < halves.size(); i++) {
      Half half = halves.get(i);
      if (i == 0 || halves.get(i - 1).owner() != half.owner()) {
        Arrays.fill(sentTo, false);
      }
      int subtask = keyGroups.subtaskOf(half.partner());
      boolean needed = subtask != here && !sentTo[subtask];
      carrier.send(half, subtask, needed ? copyOf(half.owner()) : null);
      sentTo[subtask] = true;
    }
  }

  /** A node's record, or null for a node never seen. */
  private byte[] copyOf(long node) {
    if (!nodes.read(node, record)) {
      return null;
    }
    record.copyTo(copy, 0);
    return copy;
  }
}
