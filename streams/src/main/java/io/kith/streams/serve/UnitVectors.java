package io.kith.streams.serve;

import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction.ExactScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.util.Arrays;

/**
 * The vectors of a graph by their numbers in it, and their scores for JVector: (1 + inner product)
 * / 2, as its DOT_PRODUCT has it. That of JVector adds up one product after the other, each waiting
 * for the one before, where it has no vector instructions (before JDK 20); with four sums side by
 * side a score takes a third of the time. One thread appends, any reads meanwhile.
 */
final class UnitVectors implements BuildScoreProvider {
  private final int dimension;
  private volatile IndexedVector[] vectors = new IndexedVector[1024];
  private volatile int size;

  UnitVectors(int dimension) {
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

  int size() {
    return size;
  }

  /** Scores beside a vector of length 1. */
  SearchScoreProvider scores(float[] unit) {
    return new DefaultSearchScoreProvider(
        (ExactScoreFunction) ordinal -> (1 + dot(unit, at(ordinal).unit)) / 2);
  }

  static float dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
    float[] unit = new float[vector.length()];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = vector.get(i);
    }
    return scores(unit);
  }

  @Override
  public SearchScoreProvider searchProviderFor(int ordinal) {
    return scores(at(ordinal).unit);
  }

  @Override
  public SearchScoreProvider diversityProviderFor(int ordinal) {
    return scores(at(ordinal).unit);
  }

  @Override
  public VectorFloat<?> approximateCentroid() {
    float[] mean = new float[dimension];
    for (int ordinal = 0; ordinal < size; ordinal++) {
      for (int i = 0; i < dimension; i++) {
        mean[i] += at(ordinal).unit[i] / size;
      }
    }
    return VectorizationProvider.getInstance().getVectorTypeSupport().createFloatVector(mean);
  }
}
