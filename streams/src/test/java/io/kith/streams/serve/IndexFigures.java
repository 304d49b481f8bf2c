package io.kith.streams.serve;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prints how fast the similarity index takes in embeddings, how fast it finds, how much of what a
 * scan would find, and how much memory it takes. Arguments: nodes, dimension, clusters; 100000, 64
 * and 1000 unless given.
 */
public final class IndexFigures {
  private static final int K = 10;
  private static final int QUERIES = 1000;
  private static final int EXACT = 200;

  private IndexFigures() {}

  public static void main(String[] arguments) {
    int nodes = argument(arguments, 0, 100_000);
    int dimension = argument(arguments, 1, 64);
    Clusters clusters = new Clusters(81, argument(arguments, 2, 1000), dimension);
    VectorSpace space = new VectorSpace(dimension, VectorSpace.SCANNED);
    Map<String, float[]> all = new TreeMap<>();
    for (int i = 0; i < nodes; i++) {
      all.put("node-" + i, clusters.next());
    }
    long before = heap();
    long began = System.nanoTime();
    all.forEach((node, vector) -> space.put(IndexedVector.of(node, 0, vector)));
    rate("put, searchable at once", nodes, began);
    latency("similar, all scanned", space, clusters, 50);

    began = System.nanoTime();
    while (space.index(256) > 0) {
      // Until all are in the graph.
    }
    rate("added to the graph, one thread", nodes, began);
    System.out.printf("memory: %d bytes a node%n", (heap() - before) / nodes);
    latency("similar, by the graph (warm-up)", space, clusters, QUERIES);
    latency("similar, by the graph", space, clusters, QUERIES);
    recall(space, all, clusters);
  }

  private static int argument(String[] arguments, int at, int preset) {
    return arguments.length > at ? Integer.parseInt(arguments[at]) : preset;
  }

  private static void rate(String what, int count, long began) {
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf("%s: %.1f s, %.0f a second%n", what, seconds, count / seconds);
  }

  private static void latency(String what, VectorSpace space, Clusters clusters, int queries) {
    long[] nanos = new long[queries];
    for (int i = 0; i < queries; i++) {
      float[] query = clusters.next();
      long began = System.nanoTime();
      search(space, query);
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%s: median %.2f ms, 99th percentile %.2f ms%n",
        what, nanos[queries / 2] / 1e6, nanos[queries * 99 / 100] / 1e6);
  }

  private static void recall(VectorSpace space, Map<String, float[]> all, Clusters clusters) {
    int found = 0;
    for (int i = 0; i < EXACT; i++) {
      float[] query = clusters.next();
      Set<String> both = new HashSet<>(search(space, query));
      both.retainAll(VectorSpaceTest.exact(all, K, query));
      found += both.size();
    }
    System.out.printf("recall@%d over %d queries: %.4f%n", K, EXACT, found / (double) (EXACT * K));
  }

  private static List<String> search(VectorSpace space, float[] query) {
    NearestNodes nearest = new NearestNodes(K);
    space.search(IndexedVector.scaled(query), K, nearest);
    return nearest.best().stream().map(SimilarNode::node).toList();
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
