package io.kith.streams.serve;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A navigable graph over vectors of length 1 (JVector's, after Malkov and Yashunin 2018 and
 * Subramanya et al. 2019). Vectors are only ever added; what is gone is left out of the results,
 * and still leads searches on. One thread adds; any may search meanwhile.
 */
final class NeighbourGraph {
  private static final VectorTypeSupport VECTORS =
      VectorizationProvider.getInstance().getVectorTypeSupport();

  /** Edges a node keeps. */
  private static final int DEGREE = 24;

  /** Candidates looked at for the edges of a new node. */
  private static final int BEAM = 100;

  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;

  /** Candidates a search keeps beside each other, at least; more find more, and take longer. */
  private static final int SEARCH_BEAM = 100;

  private final Rows rows;
  private final GraphIndexBuilder builder;

  NeighbourGraph(int dimension) {
    rows = new Rows(dimension);
    BuildScoreProvider scores =
        BuildScoreProvider.randomAccessScoreProvider(rows, VectorSimilarityFunction.DOT_PRODUCT);
    // More than one degree asks for a hierarchy of layers; the upper ones have the last.
    builder =
        GraphIndexBuilder.builder(scores, dimension, List.of(DEGREE, DEGREE))
            .withBeamWidth(BEAM)
            .withNeighborOverflow(OVERFLOW)
            .withAlpha(ALPHA)
            .build();
  }

  /** Vectors in the graph, those that are gone included. */
  int size() {
    return rows.size();
  }

  void add(IndexedVector vector) {
    int ordinal = rows.append(vector);
    builder.addGraphNode(ordinal, rows.getVector(ordinal));
  }

  /** Hands over about the {@code k} nearest that are not gone. */
  void search(float[] unit, int k, Consumer<IndexedVector> found) {
    if (rows.size() == 0) {
      return;
    }
    try (GraphSearcher searcher = new GraphSearcher(builder.getGraph())) {
      SearchResult result =
          searcher.search(
              DefaultSearchScoreProvider.exact(
                  VECTORS.createFloatVector(unit), VectorSimilarityFunction.DOT_PRODUCT, rows),
              k,
              Math.max(SEARCH_BEAM, 2 * k),
              0,
              0,
              ordinal -> !rows.at(ordinal).gone);
      for (SearchResult.NodeScore hit : result.getNodes()) {
        found.accept(rows.at(hit.node));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("graph not searched: size=" + rows.size(), e);
    }
  }

  /** The vectors by their numbers in the graph. */
  private static final class Rows implements RandomAccessVectorValues {
    private final int dimension;
    private volatile IndexedVector[] vectors = new IndexedVector[1024];
    private volatile int size;

    Rows(int dimension) {
      this.dimension = dimension;
    }

    /** By the one thread that adds. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    int append(IndexedVector vector) {
      int ordinal = size;
      IndexedVector[] all = vectors;
      if (ordinal == all.length) {
        all = Arrays.copyOf(all, 2 * ordinal);
      }
      all[ordinal] = vector;
      vectors = all;
      size = ordinal + 1;
      return ordinal;
    }

    IndexedVector at(int ordinal) {
      return vectors[ordinal];
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public int dimension() {
      return dimension;
    }

    @Override
    public VectorFloat<?> getVector(int ordinal) {
      return VECTORS.createFloatVector(at(ordinal).unit);
    }

    @Override
    public boolean isValueShared() {
      return false;
    }

    @Override
    public RandomAccessVectorValues copy() {
      return this;
    }
  }
}
