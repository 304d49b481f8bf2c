package io.kith.model;

import java.util.stream.IntStream;

/**
 * The products of a matrix, or of some of its columns, with vectors. Not safe for concurrent use.
 */
public final class MatrixProduct {
  private final Kernels kernels = Kernels.chosen();
  private final Matrix matrix;
  private final int[] columns;
  private final int[] used;
  private final float[] factors;
  private final float[] others;

  /** Products with all columns. */
  public MatrixProduct(Matrix matrix) {
    this(matrix, IntStream.range(0, matrix.columns).toArray());
  }

  /** Products with the given columns, in their order, as if there were no others. */
  MatrixProduct(Matrix matrix, int[] columns) {
    this.matrix = matrix;
    this.columns = columns.clone();
    used = new int[columns.length];
    factors = new float[columns.length];
    others = new float[columns.length];
  }

  /**
   * Adds {@code matrix * x} to {@code sum}: columns in order, those of a zero in {@code x} left out
   * (most of a joint neighbourhood's histogram is zero).
   *
   * @param x float[..], a number for each column of the matrix, from {@code at} on
   * @param sum float[rows, {@linkplain Kernels#padded padded}]
   */
  public void addTo(float[] sum, float[] x, int at) {
    int count = 0;
    for (int c : columns) {
      // Without a branch: which are zero cannot be foreseen.
      used[count] = c;
      count += x[at + c] != 0f ? 1 : 0;
    }
    for (int k = 0; k < count; k++) {
      factors[k] = x[at + used[k]];
    }
    kernels.addColumns(matrix.column, used, factors, count, sum);
  }

  /**
   * Adds {@code matrix * x[n]} to {@code sums[n]} for the first {@code count} n, in less time than
   * one by one. The sums have the same bits, but for the sign of a zero.
   *
   * @param sums float[..][rows, {@linkplain Kernels#padded padded}]
   * @param x float[..][columns of the matrix]
   */
  public void addToEach(float[][] sums, float[][] x, int count) {
    int n = 0;
    for (; n + 1 < count; n += 2) {
      addToBoth(sums[n], x[n], sums[n + 1], x[n + 1]);
    }
    if (n < count) {
      addTo(sums[n], x[n], 0);
    }
  }

  /** A column is left out where both have a zero. */
  private void addToBoth(float[] sum, float[] x, float[] other, float[] y) {
    int count = 0;
    for (int c : columns) {
      used[count] = c;
      int bits = Float.floatToRawIntBits(x[c]) | Float.floatToRawIntBits(y[c]);
      count += bits << 1 != 0 ? 1 : 0; // a zero of either sign is one
    }
    for (int k = 0; k < count; k++) {
      factors[k] = x[used[k]];
      others[k] = y[used[k]];
    }
    kernels.addColumnsToBoth(matrix.column, used, factors, others, count, sum, other);
  }
}
