package io.kith.model;

import java.util.List;

/**
 * A node's most likely next partners, as they stand on the recommendations topic (JSON Schema:
 * {@code streams/src/main/resources/schema/recommendation.schema.json}).
 *
 * @param node id of the node
 * @param key its 64-bit key, by which N-caches refer to it; a string in JSON, as in {@link
 *     Embedding}
 * @param window number of the event-time window after which the list was made
 * @param timestamp when that window ends, ms: the time for which the scores hold
 * @param modelVersion which weights made the scores
 * @param recommendations the most likely first; empty where no candidate has been a target
 */
public record Recommendation(
    String node,
    String key,
    long window,
    long timestamp,
    String modelVersion,
    List<Item> recommendations) {

  public Recommendation {
    recommendations = List.copyOf(recommendations);
  }

  /**
   * One of them.
   *
   * @param target id of the partner
   * @param targetKey its 64-bit key
   * @param score probability in [0, 1] that the two interact, as in {@link Prediction}; the order
   *     also goes by origin, see {@link Candidates#weight}
   * @param origin where the candidate came from
   * @param reason what the two records say of the pair
   */
  public record Item(
      String target, String targetKey, float score, Candidates.Origin origin, Reason reason) {}

  /**
   * What can be told a person.
   *
   * @param lastMet when the two last met, ms; null where the N-caches remember no meeting
   * @param meetings how often they met, as far as the N-caches remember
   * @param shared how many nodes both have around them, by distance code
   * @param strongest the closest and newest of these, at most {@link Reasons#MOST}
   */
  public record Reason(
      Long lastMet, int meetings, List<SharedByCode> shared, List<SharedNode> strongest) {
    public Reason {
      shared = List.copyOf(shared);
      strongest = List.copyOf(strongest);
    }
  }

  /**
   * How many nodes both have around them alike.
   *
   * @param code distance code, 6 bits: bit h where the nodes are in hop h of the node, bit 3 + h
   *     where they are in hop h of the target
   * @param nodes how many there are
   */
  public record SharedByCode(int code, int nodes) {}

  /**
   * A node that both have around them.
   *
   * @param key 64-bit key of a node, as in {@link Embedding}
   * @param code its distance code
   * @param timestamp newest time that either side stores with it, ms
   */
  public record SharedNode(String key, int code, long timestamp) {}
}
