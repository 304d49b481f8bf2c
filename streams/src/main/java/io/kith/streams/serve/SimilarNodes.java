package io.kith.streams.serve;

import java.util.List;

/**
 * The answer to a search for similar nodes.
 *
 * @param modelVersion of the embeddings that were searched
 * @param k how many were asked for
 * @param similar the best first
 * @param complete whether all partitions were searched
 * @param searchedPartitions in ascending order
 * @param missingPartitions those that no instance could search at the moment
 * @param silentInstances those that were asked and did not answer, {@code host:port}
 */
record SimilarNodes(
    String modelVersion,
    int k,
    List<SimilarNode> similar,
    boolean complete,
    List<Integer> searchedPartitions,
    List<Integer> missingPartitions,
    List<String> silentInstances) {}
