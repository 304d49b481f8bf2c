package io.kith.streams.serve;

import io.kith.model.Embedding;
import io.kith.model.NodeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random vectors that lie in clusters, as embeddings do: near 1 of so many centres. */
final class Clusters {
  static final String MODEL = "m1";

  private final SplittableRandom random;
  private final float[][] centres;
  private final int dimension;

  Clusters(long seed, int centres, int dimension) {
    this.random = new SplittableRandom(seed);
    this.dimension = dimension;
    this.centres = new float[centres][];
    for (int i = 0; i < centres; i++) {
      this.centres[i] = gaussian(1);
    }
  }

  float[] next() {
    float[] vector = gaussian(0.5);
    float[] centre = centres[random.nextInt(centres.length)];
    for (int i = 0; i < dimension; i++) {
      vector[i] += centre[i];
    }
    return vector;
  }

  static Embedding embedding(String node, float... vector) {
    List<Float> numbers = new ArrayList<>(vector.length);
    for (float x : vector) {
      numbers.add(x);
    }
    return new Embedding(
        node, Long.toString(NodeKey.of(node)), numbers, 3, 3000, 2, MODEL, List.of());
  }

  /** Sums of twelve uniform numbers come near enough. */
  private float[] gaussian(double scale) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      double sum = -6;
      for (int j = 0; j < 12; j++) {
        sum += random.nextDouble();
      }
      vector[i] = (float) (scale * sum);
    }
    return vector;
  }
}
