package io.kith.model;

import java.util.Arrays;

/**
 * A float32 matrix stored column by column, so that a product adds whole columns: each element of
 * the result has one sum with a fixed order. Immutable; any thread.
 */
public final class Matrix {
  final int rows;
  final int columns;

  /** float[columns][rows, padded] */
  final float[][] column;

  private Matrix(int rows, float[][] column) {
    this.rows = rows;
    this.columns = column.length;
    this.column = column;
  }

  /** From rows one after another, as weights files have them. */
  public static Matrix ofRows(float[] byRow, int rows, int columns) {
    float[][] column = new float[columns][Kernels.padded(rows)];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        column[c][r] = byRow[r * columns + c];
      }
    }
    return new Matrix(rows, column);
  }

  /** The product {@code left * right}, summed in float64 and rounded once. */
  public static Matrix product(Matrix left, Matrix right) {
    float[][] column = new float[right.columns][Kernels.padded(left.rows)];
    double[] sum = new double[left.rows];
    for (int c = 0; c < right.columns; c++) {
      Arrays.fill(sum, 0);
      for (int k = 0; k < left.columns; k++) {
        double factor = right.column[c][k];
        for (int r = 0; r < left.rows; r++) {
          sum[r] += left.column[k][r] * factor;
        }
      }
      for (int r = 0; r < left.rows; r++) {
        column[c][r] = (float) sum[r];
      }
    }
    return new Matrix(left.rows, column);
  }

  /** The columns {@code from} to {@code to} as the rows of another matrix. */
  public Matrix transposed(int from, int to) {
    float[][] turned = new float[rows][Kernels.padded(to - from)];
    for (int c = from; c < to; c++) {
      for (int r = 0; r < rows; r++) {
        turned[r][c - from] = column[c][r];
      }
    }
    return new Matrix(to - from, turned);
  }
}
