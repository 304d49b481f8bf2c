package io.kith.model;

import java.util.Arrays;

/**
 * Logarithms of many numbers at once, which cost half as much as one by one: first all are added,
 * then all are computed. Not safe for concurrent use.
 */
final class LogBatch {
  private final Kernels kernels = Kernels.chosen();
  private double[] x;
  private double[] near;
  private int count;

  /**
   * @param expected numbers that there is room for; more are taken as well
   */
  LogBatch(int expected) {
    x = new double[Kernels.padded(expected)];
    near = new double[x.length];
  }

  /** Starts anew. */
  void clear() {
    count = 0;
  }

  /** Takes a number that is not negative; returns its place among those taken. */
  int add(double value) {
    if (count == x.length) {
      x = Arrays.copyOf(x, x.length + Kernels.LANES);
      near = new double[x.length];
    }
    x[count] = value;
    return count++;
  }

  /** Numbers taken. */
  int size() {
    return count;
  }

  /** Computes all that have been taken. */
  void compute() {
    kernels.nearLog1p(x, near, count);
  }

  /** {@code ln(1 + x)} of a number, rounded to float32. */
  float log(int place) {
    return RoundedMath.log1p(x[place], near[place]);
  }

  /** {@code ln(1 + x) / 10} of a number, rounded to float32. */
  float tenthOfLog(int place) {
    return RoundedMath.tenthOfLog1p(x[place], near[place]);
  }
}
