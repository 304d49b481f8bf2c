package io.kith.model;

/**
 * A float32 matrix stored column by column, so that a product adds whole columns: each element of
 * the result has one sum with a fixed order, and the inner loop is one that the compiler
 * vectorises. Immutable; any thread.
 */
final class Matrix {
  final int rows;
  final int columns;
  private final float[] byColumn;

  private Matrix(int rows, int columns, float[] byColumn) {
    this.rows = rows;
    this.columns = columns;
    this.byColumn = byColumn;
  }

  /** From rows one after another, as weights files have them. */
  static Matrix ofRows(float[] byRow, int rows, int columns) {
    float[] byColumn = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        byColumn[c * rows + r] = byRow[r * columns + c];
      }
    }
    return new Matrix(rows, columns, byColumn);
  }

  /** The product {@code left * right}, summed in float64 and rounded once. */
  static Matrix product(Matrix left, Matrix right) {
    float[] byColumn = new float[left.rows * right.columns];
    for (int c = 0; c < right.columns; c++) {
      for (int r = 0; r < left.rows; r++) {
        double sum = 0;
        for (int k = 0; k < left.columns; k++) {
          sum += (double) left.byColumn[k * left.rows + r] * right.byColumn[c * right.rows + k];
        }
        byColumn[c * left.rows + r] = (float) sum;
      }
    }
    return new Matrix(left.rows, right.columns, byColumn);
  }

  /**
   * Adds {@code this * x} to {@code sum}: columns in order, those of a zero in {@code x} left out
   * (most of a joint neighbourhood's histogram is zero).
   *
   * @param x float[columns]
   * @param sum float[rows]
   */
  void addProduct(float[] x, float[] sum) {
    for (int c = 0; c < columns; c++) {
      float factor = x[c];
      if (factor != 0f) {
        addColumn(c * rows, factor, sum);
      }
    }
  }

  private void addColumn(int at, float factor, float[] sum) {
    for (int r = 0; r < rows; r++) {
      sum[r] += byColumn[at + r] * factor;
    }
  }
}
