package io.kith.model;

/**
 * A partner in a node's N-cache, as it stands in an {@link Embedding}.
 *
 * @param key 64-bit key of the partner
 * @param timestamp event time of their last interaction, ms
 * @param interactions of the two since the partner came into the N-cache
 */
public record Neighbour(String key, long timestamp, int interactions) {}
