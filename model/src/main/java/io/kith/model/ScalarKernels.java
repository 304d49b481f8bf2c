package io.kith.model;

/** The kernels in plain Java, written so that a compiler can vectorise what is worth it. */
final class ScalarKernels extends Kernels {
  /** Four columns at once, for then the sum is loaded and stored once for all of them. */
  @Override
  void addColumns(float[][] columns, int[] used, float[] factors, int count, float[] sum) {
    int k = 0;
    for (; k + 3 < count; k += 4) {
      Axpy.add(
          factors[k],
          columns[used[k]],
          factors[k + 1],
          columns[used[k + 1]],
          factors[k + 2],
          columns[used[k + 2]],
          factors[k + 3],
          columns[used[k + 3]],
          sum);
    }
    for (; k < count; k++) {
      Axpy.add(factors[k], columns[used[k]], sum);
    }
  }

  @Override
  void addColumnsToBoth(
      float[][] columns,
      int[] used,
      float[] factors,
      float[] others,
      int count,
      float[] sum,
      float[] other) {
    addColumns(columns, used, factors, count, sum);
    addColumns(columns, used, others, count, other);
  }

  @Override
  void sigmoid(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Activations.sigmoid(x[i]);
    }
  }

  @Override
  void tanh(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Activations.tanh(x[i]);
    }
  }

  @Override
  void nearLog1p(double[] x, double[] near, int count) {
    for (int i = 0; i < count; i++) {
      near[i] = RoundedMath.nearLog1p(x[i]);
    }
  }

  @Override
  void nearCos(double[] x, double[] near, int count) {
    for (int i = 0; i < count; i++) {
      near[i] = RoundedMath.nearCos(x[i]);
    }
  }
}
