package io.kith.model;

import java.util.Arrays;

/**
 * A float32 matrix stored column by column, so that a product adds whole columns: each element of
 * the result has one sum with a fixed order, and the inner loop is one that the compiler
 * vectorises. Immutable; any thread.
 */
public final class Matrix {
  final int rows;
  final int columns;
  private final float[][] column;

  private Matrix(int rows, float[][] column) {
    this.rows = rows;
    this.columns = column.length;
    this.column = column;
  }

  /** From rows one after another, as weights files have them. */
  public static Matrix ofRows(float[] byRow, int rows, int columns) {
    float[][] column = new float[columns][rows];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        column[c][r] = byRow[r * columns + c];
      }
    }
    return new Matrix(rows, column);
  }

  /** The product {@code left * right}, summed in float64 and rounded once. */
  public static Matrix product(Matrix left, Matrix right) {
    float[][] column = new float[right.columns][left.rows];
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
    float[][] turned = new float[rows][to - from];
    for (int c = from; c < to; c++) {
      for (int r = 0; r < rows; r++) {
        turned[r][c - from] = column[c][r];
      }
    }
    return new Matrix(to - from, turned);
  }

  /**
   * Adds {@code this * x} to {@code sum}: columns in order, those of a zero in {@code x} left out
   * (most of a joint neighbourhood's histogram is zero).
   *
   * @param x float[columns], from {@code at} on
   * @param sum float[rows]
   */
  public void addProduct(float[] x, int at, float[] sum) {
    int a = nextUsed(x, at, 0);
    while (a < columns) {
      int b = nextUsed(x, at, a + 1);
      int c = nextUsed(x, at, b + 1);
      int d = nextUsed(x, at, c + 1);
      if (d >= columns) {
        addFew(x, at, a, b, c, sum);
        return;
      }
      Axpy.add(
          x[at + a], column[a], x[at + b], column[b], x[at + c], column[c], x[at + d], column[d],
          sum);
      a = nextUsed(x, at, d + 1);
    }
  }

  private void addFew(float[] x, int at, int a, int b, int c, float[] sum) {
    Axpy.add(x[at + a], column[a], sum);
    if (b < columns) {
      Axpy.add(x[at + b], column[b], sum);
    }
    if (c < columns) {
      Axpy.add(x[at + c], column[c], sum);
    }
  }

  private int nextUsed(float[] x, int at, int from) {
    int c = from;
    while (c < columns && x[at + c] == 0f) {
      c++;
    }
    return c;
  }
}
