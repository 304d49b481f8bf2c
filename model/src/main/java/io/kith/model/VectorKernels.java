package io.kith.model;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels in the Vector API. Loaded by name, and only where the JVM has its module: see {@link
 * KernelChoice}.
 */
final class VectorKernels extends Kernels {
  private static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final int WIDTH = SPECIES.length();

  /**
   * The sums of four vectors stay in registers over all columns: enough to keep two units for
   * arithmetic busy while an addition takes four cycles.
   */
  @Override
  void addColumns(float[][] columns, int[] used, float[] factors, int count, float[] sum) {
    int row = 0;
    for (; row + 8 * WIDTH <= sum.length; row += 8 * WIDTH) {
      addToEight(columns, used, factors, count, sum, row);
    }
    for (; row + 4 * WIDTH <= sum.length; row += 4 * WIDTH) {
      addToFour(columns, used, factors, count, sum, row);
    }
    for (; row + 2 * WIDTH <= sum.length; row += 2 * WIDTH) {
      addToTwo(columns, used, factors, count, sum, row);
    }
    for (; row < sum.length; row += WIDTH) {
      addToOne(columns, used, factors, count, sum, row);
    }
  }

  private static void addToEight(
      float[][] columns, int[] used, float[] factors, int count, float[] sum, int row) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, sum, row);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sum, row + WIDTH);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sum, row + 2 * WIDTH);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sum, row + 3 * WIDTH);
    FloatVector s4 = FloatVector.fromArray(SPECIES, sum, row + 4 * WIDTH);
    FloatVector s5 = FloatVector.fromArray(SPECIES, sum, row + 5 * WIDTH);
    FloatVector s6 = FloatVector.fromArray(SPECIES, sum, row + 6 * WIDTH);
    FloatVector s7 = FloatVector.fromArray(SPECIES, sum, row + 7 * WIDTH);
    for (int k = 0; k < count; k++) {
      float[] column = columns[used[k]];
      FloatVector f = FloatVector.broadcast(SPECIES, factors[k]);
      s0 = s0.add(FloatVector.fromArray(SPECIES, column, row).mul(f));
      s1 = s1.add(FloatVector.fromArray(SPECIES, column, row + WIDTH).mul(f));
      s2 = s2.add(FloatVector.fromArray(SPECIES, column, row + 2 * WIDTH).mul(f));
      s3 = s3.add(FloatVector.fromArray(SPECIES, column, row + 3 * WIDTH).mul(f));
      s4 = s4.add(FloatVector.fromArray(SPECIES, column, row + 4 * WIDTH).mul(f));
      s5 = s5.add(FloatVector.fromArray(SPECIES, column, row + 5 * WIDTH).mul(f));
      s6 = s6.add(FloatVector.fromArray(SPECIES, column, row + 6 * WIDTH).mul(f));
      s7 = s7.add(FloatVector.fromArray(SPECIES, column, row + 7 * WIDTH).mul(f));
    }
    s0.intoArray(sum, row);
    s1.intoArray(sum, row + WIDTH);
    s2.intoArray(sum, row + 2 * WIDTH);
    s3.intoArray(sum, row + 3 * WIDTH);
    s4.intoArray(sum, row + 4 * WIDTH);
    s5.intoArray(sum, row + 5 * WIDTH);
    s6.intoArray(sum, row + 6 * WIDTH);
    s7.intoArray(sum, row + 7 * WIDTH);
  }

  private static void addToFour(
      float[][] columns, int[] used, float[] factors, int count, float[] sum, int row) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, sum, row);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sum, row + WIDTH);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sum, row + 2 * WIDTH);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sum, row + 3 * WIDTH);
    for (int k = 0; k < count; k++) {
      float[] column = columns[used[k]];
      FloatVector f = FloatVector.broadcast(SPECIES, factors[k]);
      s0 = s0.add(FloatVector.fromArray(SPECIES, column, row).mul(f));
      s1 = s1.add(FloatVector.fromArray(SPECIES, column, row + WIDTH).mul(f));
      s2 = s2.add(FloatVector.fromArray(SPECIES, column, row + 2 * WIDTH).mul(f));
      s3 = s3.add(FloatVector.fromArray(SPECIES, column, row + 3 * WIDTH).mul(f));
    }
    s0.intoArray(sum, row);
    s1.intoArray(sum, row + WIDTH);
    s2.intoArray(sum, row + 2 * WIDTH);
    s3.intoArray(sum, row + 3 * WIDTH);
  }

  private static void addToTwo(
      float[][] columns, int[] used, float[] factors, int count, float[] sum, int row) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, sum, row);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sum, row + WIDTH);
    for (int k = 0; k < count; k++) {
      float[] column = columns[used[k]];
      FloatVector f = FloatVector.broadcast(SPECIES, factors[k]);
      s0 = s0.add(FloatVector.fromArray(SPECIES, column, row).mul(f));
      s1 = s1.add(FloatVector.fromArray(SPECIES, column, row + WIDTH).mul(f));
    }
    s0.intoArray(sum, row);
    s1.intoArray(sum, row + WIDTH);
  }

  private static void addToOne(
      float[][] columns, int[] used, float[] factors, int count, float[] sum, int row) {
    FloatVector s = FloatVector.fromArray(SPECIES, sum, row);
    for (int k = 0; k < count; k++) {
      FloatVector f = FloatVector.broadcast(SPECIES, factors[k]);
      s = s.add(FloatVector.fromArray(SPECIES, columns[used[k]], row).mul(f));
    }
    s.intoArray(sum, row);
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
    int row = 0;
    for (; row + 4 * WIDTH <= sum.length; row += 4 * WIDTH) {
      addFourToBoth(columns, used, factors, others, count, sum, other, row);
    }
    for (; row < sum.length; row += WIDTH) {
      addToOne(columns, used, factors, count, sum, row);
      addToOne(columns, used, others, count, other, row);
    }
  }

  private static void addFourToBoth(
      float[][] columns,
      int[] used,
      float[] factors,
      float[] others,
      int count,
      float[] sum,
      float[] other,
      int row) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, sum, row);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sum, row + WIDTH);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sum, row + 2 * WIDTH);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sum, row + 3 * WIDTH);
    FloatVector o0 = FloatVector.fromArray(SPECIES, other, row);
    FloatVector o1 = FloatVector.fromArray(SPECIES, other, row + WIDTH);
    FloatVector o2 = FloatVector.fromArray(SPECIES, other, row + 2 * WIDTH);
    FloatVector o3 = FloatVector.fromArray(SPECIES, other, row + 3 * WIDTH);
    for (int k = 0; k < count; k++) {
      float[] column = columns[used[k]];
      FloatVector f = FloatVector.broadcast(SPECIES, factors[k]);
      FloatVector g = FloatVector.broadcast(SPECIES, others[k]);
      FloatVector w0 = FloatVector.fromArray(SPECIES, column, row);
      s0 = s0.add(w0.mul(f));
      o0 = o0.add(w0.mul(g));
      FloatVector w1 = FloatVector.fromArray(SPECIES, column, row + WIDTH);
      s1 = s1.add(w1.mul(f));
      o1 = o1.add(w1.mul(g));
      FloatVector w2 = FloatVector.fromArray(SPECIES, column, row + 2 * WIDTH);
      s2 = s2.add(w2.mul(f));
      o2 = o2.add(w2.mul(g));
      FloatVector w3 = FloatVector.fromArray(SPECIES, column, row + 3 * WIDTH);
      s3 = s3.add(w3.mul(f));
      o3 = o3.add(w3.mul(g));
    }
    s0.intoArray(sum, row);
    s1.intoArray(sum, row + WIDTH);
    s2.intoArray(sum, row + 2 * WIDTH);
    s3.intoArray(sum, row + 3 * WIDTH);
    o0.intoArray(other, row);
    o1.intoArray(other, row + WIDTH);
    o2.intoArray(other, row + 2 * WIDTH);
    o3.intoArray(other, row + 3 * WIDTH);
  }

  @Override
  void sigmoid(float[] x) {
    for (int i = 0; i < x.length; i += WIDTH) {
      FloatVector e = exp(FloatVector.fromArray(SPECIES, x, i).neg());
      FloatVector one = FloatVector.broadcast(SPECIES, 1f);
      one.div(e.add(1f)).intoArray(x, i);
    }
  }

  @Override
  void tanh(float[] x) {
    for (int i = 0; i < x.length; i += WIDTH) {
      FloatVector e = exp(FloatVector.fromArray(SPECIES, x, i).mul(2f));
      FloatVector one = FloatVector.broadcast(SPECIES, 1f);
      one.sub(FloatVector.broadcast(SPECIES, 2f).div(e.add(1f))).intoArray(x, i);
    }
  }

  /** As {@link Activations#exp}, operation by operation. */
  private static FloatVector exp(FloatVector x) {
    FloatVector held = x.min(88f).max(-87f);
    FloatVector rounded = held.mul(Activations.LOG2_E).add(Activations.ROUND);
    FloatVector n = rounded.sub(Activations.ROUND);
    FloatVector r = held.sub(n.mul(Activations.LN2_HIGH)).sub(n.mul(Activations.LN2_LOW));
    FloatVector p = FloatVector.broadcast(SPECIES, 1f / 5040);
    p = p.mul(r).add(1f / 720);
    p = p.mul(r).add(1f / 120);
    p = p.mul(r).add(1f / 24);
    p = p.mul(r).add(1f / 6);
    p = p.mul(r).add(0.5f);
    p = p.mul(r).add(1f);
    p = p.mul(r).add(1f);
    // The last bits of 1.5 * 2^23 + n are n; what stands before them is shifted out.
    IntVector power = rounded.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
    return p.mul(power.reinterpretAsFloats());
  }
}
