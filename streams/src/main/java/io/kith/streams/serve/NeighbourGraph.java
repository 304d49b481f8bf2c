package io.kith.streams.serve;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.SearchResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A navigable graph over vectors of length 1 (JVector's, after Malkov and Yashunin 2018 and
 * Subramanya et al. 2019). Vectors are only ever added; what is gone is left out of the results,
 * and still leads searches on. One thread adds; any may search meanwhile.
 */
final class NeighbourGraph {
  /** Edges a node keeps. */
  private static final int DEGREE = 24;

  /** Candidates looked at for the edges of a new node; most of what an addition costs. */
  private static final int BEAM = 60;

  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;

  /** Candidates a search keeps beside each other, at least; more find more, and take longer. */
  private static final int SEARCH_BEAM = 100;

  private final UnitVectors vectors;
  private final GraphIndexBuilder builder;

  NeighbourGraph(int dimension) {
    vectors = new UnitVectors(dimension);
    // More than one degree asks for a hierarchy of layers; the upper ones have the last.
    builder =
        GraphIndexBuilder.builder(vectors, dimension, List.of(DEGREE, DEGREE))
            .withBeamWidth(BEAM)
            .withNeighborOverflow(OVERFLOW)
            .withAlpha(ALPHA)
            .build();
  }

  /** Vectors in the graph, those that are gone included. */
  int size() {
    return vectors.size();
  }

  void add(IndexedVector vector) {
    int ordinal = vectors.append(vector);
    builder.addGraphNode(ordinal, vectors.scores(vector.unit));
  }

  /** Hands over about the {@code k} nearest that are not gone. */
  void search(float[] unit, int k, Consumer<IndexedVector> found) {
    if (vectors.size() == 0) {
      return;
    }
    try (GraphSearcher searcher = new GraphSearcher(builder.getGraph())) {
      SearchResult result =
          searcher.search(
              vectors.scores(unit),
              k,
              Math.max(SEARCH_BEAM, 2 * k),
              0,
              0,
              ordinal -> !vectors.at(ordinal).gone);
      for (SearchResult.NodeScore hit : result.getNodes()) {
        found.accept(vectors.at(hit.node));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("graph not searched: size=" + vectors.size(), e);
    }
  }
}
