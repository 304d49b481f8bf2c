package io.kith.operators;

import io.kith.model.Interaction;
import io.kith.state.KeyMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a window holds for the nodes of one subtask: the half-interactions that are addressed to
 * them, and the records that came along. Not safe for concurrent use.
 */
final class Inbox {
  /** By receiving node, and for each node in the canonical order; ids part keys that collide. */
  private static final Comparator<Half> ORDER =
      Comparator.comparingLong(Half::partner)
          .thenComparing(Half::interaction, Interaction.CANONICAL)
          .thenComparing(half -> half.interaction().source())
          .thenComparing(half -> half.interaction().target());

  private final List<Half> halves = new ArrayList<>();
  private final KeyMap<byte[]> records = new KeyMap<>();

  void add(Half half, byte[] ownerRecord) {
    halves.add(half);
    if (ownerRecord != null) {
      records.put(half.owner(), ownerRecord);
    }
  }

  /** All of them, sorted; nothing may be added until it is emptied. */
  List<Half> inOrder() {
    halves.sort(ORDER);
    return halves;
  }

  /** Empties it, for another window. */
  void clear() {
    halves.clear();
    records.clear();
  }

  /** The record that an owner sent along, or null. */
  byte[] recordOf(long owner) {
    return records.get(owner);
  }
}
