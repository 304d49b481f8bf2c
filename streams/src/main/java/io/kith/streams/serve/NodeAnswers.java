package io.kith.streams.serve;

import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import io.kith.streams.serve.NodeStores.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on one node: from the stores of this instance, or by asking the instance that has it.
 *
 * <p>The owner is asked first. While it does not answer, or restores its store, those that keep a
 * copy are asked in turn. A request that another instance has passed on is answered here or not at
 * all, so none can go in circles. Any thread.
 */
final class NodeAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAnswers.class);

  /** What is served of a node's predictions. */
  record NodePredictions(String node, List<Prediction> predictions) {}

  private interface LocalRead {
    Object read(int partition, Role role);
  }

  private final Cluster cluster;
  private final NodeStores stores;
  private final Peers peers;

  NodeAnswers(Cluster cluster, NodeStores stores, Peers peers) {
    this.cluster = cluster;
    this.stores = stores;
    this.peers = peers;
  }

  /** The newest embedding. */
  Reply embedding(String node, boolean forwarded) {
    return answer(
        node,
        "/v1/nodes/" + encoded(node),
        forwarded,
        (partition, role) ->
            stores
                .embedding(node, partition, role)
                .orElseThrow(() -> ProblemException.unknownNode(node)));
  }

  /** The newest predictions; a node that has none, but an embedding, has an empty list. */
  Reply predictions(String node, int limit, boolean forwarded) {
    return answer(
        node,
        "/v1/nodes/" + encoded(node) + "/predictions?limit=" + limit,
        forwarded,
        (partition, role) -> {
          List<Prediction> all = stores.predictions(node, partition, role);
          if (all.isEmpty() && stores.embedding(node, partition, role).isEmpty()) {
            throw ProblemException.unknownNode(node);
          }
          return new NodePredictions(node, all.subList(0, Math.min(limit, all.size())));
        });
  }

  /** The latest list of next partners; a node that has none, but an embedding, has a null. */
  Reply recommendations(String node, boolean forwarded) {
    return answer(
        node,
        "/v1/nodes/" + encoded(node) + "/recommendations",
        forwarded,
        (partition, role) -> {
          Optional<Recommendation> list = stores.recommendations(node, partition, role);
          if (list.isEmpty() && stores.embedding(node, partition, role).isEmpty()) {
            throw ProblemException.unknownNode(node);
          }
          return list.orElse(null);
        });
  }

  private Reply answer(String node, String path, boolean forwarded, LocalRead local) {
    Placement placement = cluster.placement(node);
    HostInfo self = cluster.self();
    if (forwarded) {
      return local(placement, local);
    }
    Set<HostInfo> candidates = new LinkedHashSet<>();
    candidates.add(placement.owner());
    candidates.addAll(placement.standbys());
    List<String> tried = new ArrayList<>();
    Reply last = null;
    for (HostInfo candidate : candidates) {
      Reply reply =
          candidate.equals(self) ? local(placement, local) : remote(candidate, path, node);
      if (reply != null && reply.status() != Reply.UNAVAILABLE) {
        return reply;
      }
      tried.add(candidate.host() + ":" + candidate.port());
      last = last == null ? reply : last;
    }
    if (last != null) {
      return last;
    }
    throw ProblemException.unavailable(
        "the instances that have the node do not answer: node=" + node, tried);
  }

  private Reply local(Placement placement, LocalRead local) {
    HostInfo self = cluster.self();
    Role role;
    if (placement.owner().equals(self)) {
      role = Role.OWNER;
    } else if (placement.standbys().contains(self)) {
      role = Role.STANDBY;
    } else {
      return Reply.problem(
          ProblemException.unavailable(
              "the node has moved from this instance: partition=" + placement.partition(),
              List.of(self.host() + ":" + self.port())));
    }
    try {
      return Reply.ok(local.read(placement.partition(), role), name(role));
    } catch (ProblemException e) {
      return Reply.problem(e);
    }
  }

  /** Null where it does not answer. */
  private Reply remote(HostInfo instance, String path, String node) {
    try {
      return peers.get(instance, path).join();
    } catch (CompletionException e) {
      LOG.debug(
          "no answer from another instance, {}: instance={}, node={}",
          String.valueOf(e.getCause()),
          instance,
          node);
      return null;
    }
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static String encoded(String node) {
    return URLEncoder.encode(node, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
