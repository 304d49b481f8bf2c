package io.kith.streams.serve;

/**
 * One embedding in the index. Never changed but for {@link #gone}: a newer embedding of the node is
 * a new object.
 */
final class IndexedVector {
  final String node;
  final int partition;

  /** Scaled to length 1. */
  final float[] unit;

  /** Set once the node has a newer vector or none; what the graph finds of it is left out. */
  volatile boolean gone;

  private IndexedVector(String node, int partition, float[] unit) {
    this.node = node;
    this.partition = partition;
    this.unit = unit;
  }

  static IndexedVector of(String node, int partition, float[] vector) {
    return new IndexedVector(node, partition, scaled(vector));
  }

  /** Cosine of the angle to another vector of length 1, in [-1, 1] up to rounding. */
  double similarity(float[] otherUnit) {
    double sum = 0;
    for (int i = 0; i < unit.length; i++) {
      sum += (double) unit[i] * otherUnit[i];
    }
    return sum;
  }

  /** The vector at length 1; one of length 0 stays, and is similar to nothing. */
  static float[] scaled(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    float[] unit = new float[vector.length];
    if (squares > 0) {
      double length = Math.sqrt(squares);
      for (int i = 0; i < vector.length; i++) {
        unit[i] = (float) (vector[i] / length);
      }
    }
    return unit;
  }
}
