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
    int most = columns.length + Kernels.BLOCK;
    used = new int[most];
    factors = new float[most];
    others = new float[most];
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
      factors[count] = x[at + c];
      count += x[at + c] != 0f ? 1 : 0;
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

  /** A column is left out where both have a zero, and the last block filled with nothing. */
  private void addToBoth(float[] sum, float[] x, float[] other, float[] y) {
    int count = 0;
    for (int c : columns) {
      used[count] = c;
      factors[count] = x[c];
      others[count] = y[c];
      int bits = Float.floatToRawIntBits(x[c]) | Float.floatToRawIntBits(y[c]);
      count += bits << 1 != 0 ? 1 : 0; // a zero of either sign is one
    }
    int whole = (count + Kernels.BLOCK - 1) / Kernels.BLOCK * Kernels.BLOCK;
    for (; count < whole; count++) {
      used[count] = 0;
      factors[count] = 0f;
      others[count] = 0f;
    }
    kernels.addColumnsToBoth(matrix.column, used, factors, others, whole, sum, other);
  }
}
