package io.kith.streams.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The vectors that can be compared with each other: those of one model version and length.
 *
 * <p>A new vector is searched from the moment it is put: it stands among the <em>waiting</em>,
 * which a search scans, until the indexing thread has added it to the graph. A node that changes
 * again while it waits costs the graph nothing. When more than half of the graph is gone, a new one
 * is built beside it and takes its place.
 *
 * <p>Any thread puts and removes, but one at a time for a node; any searches; one thread indexes.
 */
final class VectorSpace {
  /** Up to so many a scan is fast enough, some 2 ms, and exact: nothing is spent on a graph. */
  static final int SCANNED = 5000;

  /** Below this many a graph is not worth a renewal. */
  private static final int SMALL = 1000;

  private final int dimension;
  private final int scanned;
  private final Map<String, IndexedVector> current = new ConcurrentHashMap<>();
  private final Map<String, IndexedVector> waiting = new ConcurrentHashMap<>();

  /**
   * Held for writing only while vectors pass from the waiting to the graph: a search that has
   * looked at the graph before and at the waiting after would miss them.
   */
  private final ReadWriteLock passing = new ReentrantReadWriteLock();

  private volatile NeighbourGraph graph;

  /**
   * @param scanned up to so many vectors no graph is made
   */
  VectorSpace(int dimension, int scanned) {
    this.dimension = dimension;
    this.scanned = scanned;
    this.graph = new NeighbourGraph(dimension);
  }

  /** Puts a node's vector in the place of its older one. */
  void put(IndexedVector vector) {
    waiting.put(vector.node, vector);
    IndexedVector older = current.put(vector.node, vector);
    if (older != null) {
      older.gone = true;
    }
  }

  void remove(String node) {
    waiting.remove(node);
    IndexedVector older = current.remove(node);
    if (older != null) {
      older.gone = true;
    }
  }

  /** Removes the nodes of a partition, and names them. */
  List<String> removePartition(int partition) {
    List<String> nodes = new ArrayList<>();
    for (IndexedVector vector : current.values()) {
      if (vector.partition == partition) {
        remove(vector.node);
        nodes.add(vector.node);
      }
    }
    return nodes;
  }

  int size() {
    return current.size();
  }

  int waiting() {
    return waiting.size();
  }

  /** Vectors in the graph, those that are gone included. */
  int graphSize() {
    return graph.size();
  }

  /** Offers about the {@code k} nodes nearest to a vector of length 1. */
  void search(float[] unit, int k, NearestNodes into) {
    passing.readLock().lock();
    try {
      // What has changed since the graph was made stands among the waiting: these first.
      List<IndexedVector> found = new ArrayList<>(k);
      graph.search(unit, k, found::add);
      for (IndexedVector vector : waiting.values()) {
        if (!vector.gone) {
          into.offer(vector.node, vector.similarity(unit));
        }
      }
      for (IndexedVector vector : found) {
        if (!vector.gone) {
          into.offer(vector.node, vector.similarity(unit));
        }
      }
    } finally {
      passing.readLock().unlock();
    }
  }

  /**
   * Adds up to so many of the waiting to the graph.
   *
   * @return how many were added; 0 where none waits, or there are so few that they are scanned
   */
  int index(int limit) {
    if (current.size() <= scanned) {
      return 0;
    }
    List<IndexedVector> added = new ArrayList<>();
    for (IndexedVector vector : waiting.values()) {
      if (added.size() == limit) {
        break;
      }
      if (!vector.gone) {
        graph.add(vector);
      }
      added.add(vector);
    }
    if (!added.isEmpty()) {
      passing.writeLock().lock();
      try {
        added.forEach(vector -> waiting.remove(vector.node, vector));
      } finally {
        passing.writeLock().unlock();
      }
    }
    if (graph.size() > SMALL && graph.size() > 2 * current.size()) {
      renew();
    }
    return added.size();
  }

  private void renew() {
    NeighbourGraph renewed = new NeighbourGraph(dimension);
    for (IndexedVector vector : current.values()) {
      // Those that wait will come by themselves.
      if (!waiting.containsKey(vector.node)) {
        renewed.add(vector);
      }
    }
    graph = renewed;
  }
}
