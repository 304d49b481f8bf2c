package io.kith.model.evaluate;

import io.kith.model.Interaction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A recorded stream: interactions in the canonical order without self loops, and their nodes
 * numbered from 0 in the order in which they first appear. Immutable; any thread.
 */
public final class Timeline {
  private final Interaction[] interactions;
  private final int[] source;
  private final int[] target;
  private final long[] keys;
  private final Map<Long, Integer> nodes = new HashMap<>();

  private Timeline(Interaction[] interactions) {
    this.interactions = interactions;
    source = new int[interactions.length];
    target = new int[interactions.length];
    long[] found = new long[2 * interactions.length];
    for (int i = 0; i < interactions.length; i++) {
      source[i] = number(interactions[i].sourceKey(), found);
      target[i] = number(interactions[i].targetKey(), found);
    }
    keys = Arrays.copyOf(found, nodes.size());
  }

  /** Orders the interactions and drops self loops; the list is left as it is. */
  public static Timeline of(List<Interaction> interactions) {
    return new Timeline(
        interactions.stream()
            .filter(i -> !i.isSelfLoop())
            .sorted(Interaction.CANONICAL)
            .toArray(Interaction[]::new));
  }

  private int number(long key, long[] found) {
    Integer known = nodes.putIfAbsent(key, nodes.size());
    if (known != null) {
      return known;
    }
    found[nodes.size() - 1] = key;
    return nodes.size() - 1;
  }

  /** Number of interactions. */
  public int size() {
    return interactions.length;
  }

  /** Number of nodes. */
  public int nodes() {
    return keys.length;
  }

  public Interaction interaction(int i) {
    return interactions[i];
  }

  /** The interactions {@code from} to {@code to}. */
  public List<Interaction> interactions(int from, int to) {
    return Arrays.asList(interactions).subList(from, to);
  }

  /** Event time of the i-th interaction, ms. */
  public long time(int i) {
    return interactions[i].timestamp();
  }

  /** Number of the i-th interaction's source. */
  public int source(int i) {
    return source[i];
  }

  /** Number of the i-th interaction's target. */
  public int target(int i) {
    return target[i];
  }

  /** Key of a node. */
  public long key(int node) {
    return keys[node];
  }

  /** Number of the node with that key, which must be one of these. */
  public int node(long key) {
    return nodes.get(key);
  }

  /** The distinct targets of the interactions {@code from} to {@code to}, ascending. */
  public int[] targets(int from, int to) {
    return Arrays.stream(target, from, to).sorted().distinct().toArray();
  }
}
