package io.kith.model;

/** The products of one matrix with vectors. Not safe for concurrent use. */
public final class MatrixProduct {
  private final Kernels kernels = Kernels.chosen();
  private final Matrix matrix;
  private final int[] used;
  private final float[] factors;

  public MatrixProduct(Matrix matrix) {
    this.matrix = matrix;
    used = new int[matrix.columns];
    factors = new float[matrix.columns];
  }

  /**
   * Adds {@code matrix * x} to {@code sum}: columns in order, those of a zero in {@code x} left out
   * (most of a joint neighbourhood's histogram is zero).
   *
   * @param x float[columns], from {@code at} on
   * @param sum float[rows, {@linkplain Kernels#padded padded}]
   */
  public void addTo(float[] sum, float[] x, int at) {
    int count = 0;
    for (int c = 0; c < used.length; c++) {
      // Without a branch: which are zero cannot be foreseen.
      used[count] = c;
      factors[count] = x[at + c];
      count += x[at + c] != 0f ? 1 : 0;
    }
    kernels.addColumns(matrix.column, used, factors, count, sum);
  }
}
