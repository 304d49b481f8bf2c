package io.kith.streams.serve;

import io.kith.model.Embedding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The embeddings of the partitions that this instance owns, to be searched for similar ones. Kept
 * in memory alone: it is filled again from the store of a partition when that is taken over.
 *
 * <p>Embeddings of different model versions do not compare, so each version is searched by itself.
 *
 * <p>Any thread may search; a partition is changed by one thread at a time. A thread of its own
 * brings the graphs up to date, which nothing waits for.
 */
final class SimilarityIndex implements AutoCloseable {
  private static final int BATCH = 256;
  private static final long PAUSE_NANOS = 20_000_000;

  private record SpaceKey(String modelVersion, int dimension) {}

  private final Map<SpaceKey, VectorSpace> spaces = new ConcurrentHashMap<>();
  private final Map<String, SpaceKey> spaceOf = new ConcurrentHashMap<>();
  private final Set<Integer> partitions = new ConcurrentSkipListSet<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread indexer = new Thread(this::keepIndexed, "indexer");

  SimilarityIndex() {
    indexer.setDaemon(true);
  }

  /**
   * Starts to bring the graphs up to date; until then searches scan.
   *
   * @param onFailure told if that ends by a failure
   */
  void start(Consumer<Throwable> onFailure) {
    indexer.setUncaughtExceptionHandler((thread, failure) -> onFailure.accept(failure));
    indexer.start();
  }

  void put(int partition, Embedding embedding) {
    float[] vector = array(embedding.vector());
    SpaceKey key = new SpaceKey(embedding.modelVersion(), vector.length);
    SpaceKey before = spaceOf.put(embedding.node(), key);
    if (before != null && !before.equals(key)) {
      spaces.get(before).remove(embedding.node());
    }
    spaces
        .computeIfAbsent(key, space -> new VectorSpace(space.dimension(), VectorSpace.SCANNED))
        .put(IndexedVector.of(embedding.node(), partition, vector));
  }

  void remove(String node) {
    SpaceKey key = spaceOf.remove(node);
    if (key != null) {
      spaces.get(key).remove(node);
    }
  }

  /** All embeddings of a partition have been put; from now on it counts as searched. */
  void opened(int partition) {
    partitions.add(partition);
  }

  /** The partition has gone elsewhere. */
  void closed(int partition) {
    partitions.remove(partition);
    for (VectorSpace space : spaces.values()) {
      for (String node : space.removePartition(partition)) {
        spaceOf.remove(node);
      }
    }
  }

  /** The partitions that a search looks at. */
  Set<Integer> partitions() {
    return new TreeSet<>(partitions);
  }

  /**
   * About the {@code k} nodes most similar to a vector, the best first.
   *
   * @param except a node to leave out, or null
   */
  List<SimilarNode> search(String modelVersion, float[] vector, int k, String except) {
    VectorSpace space = spaces.get(new SpaceKey(modelVersion, vector.length));
    if (space == null) {
      return List.of();
    }
    // One more, for the one that is left out is likely the best.
    NearestNodes nearest = new NearestNodes(k + 1);
    space.search(IndexedVector.scaled(vector), k + 1, nearest);
    return nearest.best().stream().filter(n -> !n.node().equals(except)).limit(k).toList();
  }

  /** Nodes in the index. */
  int size() {
    return spaces.values().stream().mapToInt(VectorSpace::size).sum();
  }

  /** Nodes that searches scan, for they are not in a graph yet. */
  int waiting() {
    return spaces.values().stream().mapToInt(VectorSpace::waiting).sum();
  }

  static float[] array(List<Float> vector) {
    float[] array = new float[vector.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = vector.get(i);
    }
    return array;
  }

  private void keepIndexed() {
    while (!closed.get()) {
      int added = 0;
      for (VectorSpace space : spaces.values()) {
        added += space.index(BATCH);
      }
      if (added == 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public void close() {
    closed.set(true);
    LockSupport.unpark(indexer);
  }
}
