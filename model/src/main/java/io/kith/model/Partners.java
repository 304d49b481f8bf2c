package io.kith.model;

import java.util.ArrayList;
import java.util.List;

/** The direct partners that a node's record holds. Any thread. */
public final class Partners {
  private Partners() {}

  /** The newest of them, up to a number; of equally new ones those met more often, then by key. */
  public static List<Neighbour> newest(NodeRecord record, ModelSizes sizes, int most) {
    int[] slots = new int[Math.min(most, sizes.hop1())]; // the newest first
    int found = 0;
    for (int slot = 0; slot < sizes.hop1(); slot++) {
      if (record.hop1Key(slot) == NodeKey.EMPTY) {
        continue;
      }
      int at = found;
      while (at > 0 && isBefore(record, slot, slots[at - 1])) {
        at--;
      }
      if (at < slots.length) {
        found = Math.min(found + 1, slots.length);
        System.arraycopy(slots, at, slots, at + 1, found - at - 1);
        slots[at] = slot;
      }
    }
    List<Neighbour> newest = new ArrayList<>(found);
    for (int i = 0; i < found; i++) {
      newest.add(
          new Neighbour(
              Long.toString(record.hop1Key(slots[i])),
              record.hop1Time(slots[i]),
              record.hop1Count(slots[i])));
    }
    return newest;
  }

  private static boolean isBefore(NodeRecord record, int slot, int other) {
    int order = Long.compare(record.hop1Time(other), record.hop1Time(slot));
    if (order == 0) {
      order = Integer.compare(record.hop1Count(other), record.hop1Count(slot));
    }
    if (order == 0) { // by their text, as it stands in the output
      String key = Long.toString(record.hop1Key(slot));
      order = key.compareTo(Long.toString(record.hop1Key(other)));
    }
    return order < 0;
  }
}
