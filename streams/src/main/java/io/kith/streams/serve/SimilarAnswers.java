package io.kith.streams.serve;

import io.kith.model.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Finds similar nodes over all instances: each searches the partitions that it owns, and the best
 * of all are put together. What could not be searched is named in the answer. Any thread.
 */
final class SimilarAnswers {
  static final String PATH = "/v1/similar";

  private final Cluster cluster;
  private final NodeAnswers nodes;
  private final SimilarityIndex index;
  private final IntPredicate upToDate;
  private final Peers peers;

  /**
   * @param upToDate false for a partition of which embeddings may still be missing
   */
  SimilarAnswers(
      Cluster cluster,
      NodeAnswers nodes,
      SimilarityIndex index,
      IntPredicate upToDate,
      Peers peers) {
    this.cluster = cluster;
    this.nodes = nodes;
    this.index = index;
    this.upToDate = upToDate;
    this.peers = peers;
  }

  /** The nodes most similar to a node, which is left out. */
  Reply similarTo(String node, int k, boolean forwarded) {
    Reply found = nodes.embedding(node, forwarded);
    if (found.status() != Reply.OK) {
      return found;
    }
    Embedding embedding;
    try {
      embedding = Json.read(found.json(), Embedding.class);
    } catch (IOException e) {
      throw new UncheckedIOException("another instance's answer is no embedding: node=" + node, e);
    }
    VectorQuery query = new VectorQuery(embedding.modelVersion(), embedding.vector(), k, node);
    return search(query, forwarded);
  }

  /**
   * The nodes most similar to a vector.
   *
   * @param query checked
   * @param forwarded whether another instance asks, for the part of this one
   */
  Reply search(VectorQuery query, boolean forwarded) {
    if (forwarded) {
      return Reply.ok(local(query), null);
    }
    Map<HostInfo, CompletableFuture<Reply>> asked = new LinkedHashMap<>();
    byte[] body = Json.write(query);
    for (HostInfo instance : cluster.owners()) {
      if (!instance.equals(cluster.self())) {
        asked.put(instance, peers.post(instance, PATH, body));
      }
    }
    NearestNodes nearest = new NearestNodes(query.k());
    Set<Integer> searched = new TreeSet<>();
    List<String> silent = new ArrayList<>();
    take(local(query), nearest, searched);
    asked.forEach(
        (instance, reply) -> {
          try {
            Reply part = reply.join();
            if (part.status() == Reply.OK) {
              take(Json.read(part.json(), SimilarNodes.class), nearest, searched);
              return;
            }
          } catch (CompletionException | IOException e) {
            // Named in the answer, where whoever asked sees it.
          }
          silent.add(instance.host() + ":" + instance.port());
        });
    return Reply.ok(answer(query, nearest.best(), searched, silent), null);
  }

  private SimilarNodes local(VectorQuery query) {
    // Before the search: a partition that goes meanwhile is then no part of it.
    Set<Integer> before = index.partitions();
    List<SimilarNode> similar =
        index.search(
            query.modelVersion(), SimilarityIndex.array(query.vector()), query.k(), query.except());
    Set<Integer> searched = index.partitions();
    searched.retainAll(before);
    searched.removeIf(partition -> !upToDate.test(partition));
    return answer(query, similar, searched, List.of());
  }

  private static void take(SimilarNodes part, NearestNodes nearest, Set<Integer> searched) {
    part.similar().forEach(node -> nearest.offer(node.node(), node.similarity()));
    searched.addAll(part.searchedPartitions());
  }

  private SimilarNodes answer(
      VectorQuery query, List<SimilarNode> similar, Set<Integer> searched, List<String> silent) {
    List<Integer> missing =
        IntStream.range(0, cluster.partitions())
            .filter(partition -> !searched.contains(partition))
            .boxed()
            .toList();
    return new SimilarNodes(
        query.modelVersion(),
        query.k(),
        similar,
        missing.isEmpty(),
        List.copyOf(searched),
        missing,
        silent);
  }
}
