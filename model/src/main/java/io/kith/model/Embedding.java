package io.kith.model;

import java.util.List;

/**
 * A node's embedding, as it stands on the embeddings topic (JSON Schema: {@code
 * streams/src/main/resources/schema/embedding.schema.json}).
 *
 * @param node id of the node
 * @param key its 64-bit key, by which N-caches refer to it; a string in JSON, for JSON numbers lose
 *     bits above 2^53
 * @param vector float[D + E]: self representation, then the sketch of the N-cache
 * @param window number of the event-time window after which it holds; with W = 0 the time itself
 * @param timestamp event time of the node's last interaction, ms
 * @param interactions of the node so far
 * @param modelVersion which weights made it
 * @param neighbours the newest partners in its N-cache, the newest first, as many as the job is set
 *     to tell
 */
public record Embedding(
    String node,
    String key,
    List<Float> vector,
    long window,
    long timestamp,
    int interactions,
    String modelVersion,
    List<Neighbour> neighbours) {}
