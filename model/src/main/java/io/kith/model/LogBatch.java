package io.kith.model;

/**
 * Logarithms of many numbers at once, which cost half as much as one by one: first all are added,
 * then all are computed. Not safe for concurrent use.
 */
final class LogBatch {
  private final Kernels kernels = Kernels.chosen();
  private final double[] x;
  private final double[] near;
  private int count;

  /**
   * @param most numbers at a time
   */
  LogBatch(int most) {
    x = new double[Kernels.padded(most)];
    near = new double[x.length];
  }

  /** Starts anew. */
  void clear() {
    count = 0;
  }

  /** Takes a number that is not negative; returns its place among those taken. */
  int add(double value) {
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
