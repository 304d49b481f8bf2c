package io.kith.streams.serve;

import io.kith.model.NodeKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids behind the keys by which N-caches refer to nodes, of the partitions that this instance
 * owns. About 100 bytes a node. Any thread.
 */
final class NodeNames {
  private record Name(String node, int partition) {}

  private final Map<Long, Name> byKey = new ConcurrentHashMap<>();

  void put(int partition, String node) {
    byKey.put(NodeKey.of(node), new Name(node, partition));
  }

  void remove(String node) {
    byKey.remove(NodeKey.of(node));
  }

  /** The partition has gone elsewhere. */
  void closed(int partition) {
    byKey.values().removeIf(name -> name.partition() == partition);
  }

  Optional<String> of(long key) {
    return Optional.ofNullable(byKey.get(key)).map(Name::node);
  }
}
