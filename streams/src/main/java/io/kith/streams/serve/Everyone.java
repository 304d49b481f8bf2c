package io.kith.streams.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.HostInfo;

/** Asks all other instances at once, for answers that are put together from parts. Any thread. */
final class Everyone {
  private final Cluster cluster;
  private final Peers peers;

  Everyone(Cluster cluster, Peers peers) {
    this.cluster = cluster;
    this.peers = peers;
  }

  /**
   * Hands over the others' parts.
   *
   * @param path with its query
   * @return those that did not answer, host:port
   */
  <T> List<String> ask(String path, Class<T> type, Consumer<T> part) {
    Map<HostInfo, CompletableFuture<Reply>> asked = new LinkedHashMap<>();
    for (HostInfo instance : cluster.owners()) {
      if (!instance.equals(cluster.self())) {
        asked.put(instance, peers.get(instance, path));
      }
    }
    List<String> silent = new ArrayList<>();
    asked.forEach(
        (instance, reply) -> {
          try {
            Reply answer = reply.join();
            if (answer.status() == Reply.OK) {
              part.accept(Json.read(answer.json(), type));
              return;
            }
          } catch (CompletionException | IOException e) {
            // Named in the answer, where whoever asked sees it.
          }
          silent.add(instance.host() + ":" + instance.port());
        });
    return silent;
  }
}
