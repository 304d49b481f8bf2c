package io.kith.bench;

import io.kith.model.Kernels;
import io.kith.model.Matrix;
import io.kith.model.MatrixProduct;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What arithmetic gives here: nothing but the kernel, on a matrix of the scorer's size with as many
 * columns in use as a busy pair has.
 */
final class PlainKernel implements Measure {
  private static final int ROWS = 128;
  private static final int COLUMNS = 241;
  private static final int USED = 150;
  private static final int PRODUCTS = 200_000;
  private static final int WARM_UPS = 3;

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public String what() {
    return "limit: nothing but the kernel of the scorer's size: GFLOP/s";
  }

  @Override
  public String target() {
    return "";
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) {
    SplittableRandom random = new SplittableRandom(1);
    float[] byRow = new float[ROWS * COLUMNS];
    for (int i = 0; i < byRow.length; i++) {
      byRow[i] = (float) random.nextDouble(-1, 1);
    }
    float[] x = new float[COLUMNS];
    for (int i = 0; i < USED; i++) {
      x[i * COLUMNS / USED] = (float) random.nextDouble(0.1, 1);
    }
    MatrixProduct product = new MatrixProduct(Matrix.ofRows(byRow, ROWS, COLUMNS));
    float[] sum = new float[Kernels.padded(ROWS)];
    double[] speeds = new double[repeats];
    for (int i = -WARM_UPS; i < repeats; i++) {
      step.accept(i < 0 ? "warming up" : "round %d of %d".formatted(i + 1, repeats));
      long start = System.nanoTime();
      for (int n = 0; n < PRODUCTS; n++) {
        product.addTo(sum, x, 0);
      }
      if (i >= 0) {
        speeds[i] = 2.0 * ROWS * USED * PRODUCTS / (System.nanoTime() - start);
      }
    }
    if (Float.isNaN(sum[0])) { // used, so that no compiler leaves the work out
      throw new IllegalStateException("not a number: sum=" + sum[0]);
    }
    return speeds;
  }
}
