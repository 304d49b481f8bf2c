package io.kith.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The direct partners that a node's record holds. Any thread. */
public final class Partners {
  private static final Comparator<Neighbour> NEWEST =
      Comparator.comparingLong(Neighbour::timestamp)
          .reversed()
          .thenComparing(Neighbour::interactions, Comparator.reverseOrder())
          .thenComparing(Neighbour::key);

  private Partners() {}

  /** The newest of them, up to a number; of equally new ones those met more often, then by key. */
  public static List<Neighbour> newest(NodeRecord record, ModelSizes sizes, int most) {
    if (most == 0) {
      return List.of();
    }
    List<Neighbour> partners = new ArrayList<>(sizes.hop1());
    for (int i = 0; i < sizes.hop1(); i++) {
      if (record.hop1Key(i) != NodeKey.EMPTY) {
        partners.add(
            new Neighbour(
                Long.toString(record.hop1Key(i)), record.hop1Time(i), record.hop1Count(i)));
      }
    }
    partners.sort(NEWEST);
    return partners.subList(0, Math.min(most, partners.size()));
  }
}
