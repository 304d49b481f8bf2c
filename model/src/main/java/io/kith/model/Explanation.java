package io.kith.model;

import java.util.List;

/**
 * What two nodes have around them, as their records stood when the pair was scored: enough to draw
 * the joint neighbourhood. A selection of bounded size; see {@link Explainer} for what is chosen.
 *
 * @param jointSize keys in the joint neighbourhood, both nodes included
 * @param sharedSize those of them that both sides hold, the two nodes left out
 * @param entries the source, the target, then what is shown of the others
 */
public record Explanation(int jointSize, int sharedSize, List<Entry> entries) {
  /**
   * A key of the joint neighbourhood.
   *
   * @param key 64-bit key of a node, as in {@link Embedding}
   * @param code distance code, 6 bits: bit h where the key is in hop h of the source, bit 3 + h
   *     where it is in hop h of the target; hop 0 is the node itself
   * @param sourceAge time since the newest meeting that the source's side stores with the key, ms;
   *     of the source itself, since its last interaction; null where there is none
   * @param targetAge the same of the target's side
   */
  public record Entry(String key, int code, Long sourceAge, Long targetAge) {}
}
