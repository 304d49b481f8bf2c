/**
 * Answers over HTTP from Kith's topics: {@code kith serve}. Kafka Streams keeps the newest
 * embedding and the newest predictions of every node; a vector index beside it finds similar nodes.
 *
 * <pre>
 *   topics --> ServeApp --> stores, SimilarityIndex --> NodeAnswers, SimilarAnswers --> HttpApi
 *                                                            |  other instances: PeerClient
 * </pre>
 */
package io.kith.streams.serve;
