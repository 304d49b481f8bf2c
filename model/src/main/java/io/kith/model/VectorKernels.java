package io.kith.model;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
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

  private static final VectorSpecies<Double> DOUBLES = SPECIES.withLanes(double.class);

  /** Added to a number that is not too large, it leaves its nearest integer in the last bits. */
  private static final double ROUND = 0x1.8p52;

  private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);

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

  /**
   * Sums go through memory between two blocks of columns. Were they kept in registers over all
   * columns, as above, C2 of JDK 17 would put some of so many on the heap when the loop ends.
   */
  @Override
  void addColumnsToBoth(
      float[][] columns,
      int[] used,
      float[] factors,
      float[] others,
      int count,
      float[] sum,
      float[] other) {
    for (int k = 0; k < count; k += BLOCK) {
      addBlockToBoth(columns, used, factors, others, k, sum, other);
    }
  }

  private static void addBlockToBoth(
      float[][] columns,
      int[] used,
      float[] factors,
      float[] others,
      int k,
      float[] sum,
      float[] other) {
    float[] c0 = columns[used[k]];
    float[] c1 = columns[used[k + 1]];
    float[] c2 = columns[used[k + 2]];
    float[] c3 = columns[used[k + 3]];
    float[] c4 = columns[used[k + 4]];
    float[] c5 = columns[used[k + 5]];
    float[] c6 = columns[used[k + 6]];
    float[] c7 = columns[used[k + 7]];
    FloatVector f0 = FloatVector.broadcast(SPECIES, factors[k]);
    FloatVector f1 = FloatVector.broadcast(SPECIES, factors[k + 1]);
    FloatVector f2 = FloatVector.broadcast(SPECIES, factors[k + 2]);
    FloatVector f3 = FloatVector.broadcast(SPECIES, factors[k + 3]);
    FloatVector f4 = FloatVector.broadcast(SPECIES, factors[k + 4]);
    FloatVector f5 = FloatVector.broadcast(SPECIES, factors[k + 5]);
    FloatVector f6 = FloatVector.broadcast(SPECIES, factors[k + 6]);
    FloatVector f7 = FloatVector.broadcast(SPECIES, factors[k + 7]);
    FloatVector g0 = FloatVector.broadcast(SPECIES, others[k]);
    FloatVector g1 = FloatVector.broadcast(SPECIES, others[k + 1]);
    FloatVector g2 = FloatVector.broadcast(SPECIES, others[k + 2]);
    FloatVector g3 = FloatVector.broadcast(SPECIES, others[k + 3]);
    FloatVector g4 = FloatVector.broadcast(SPECIES, others[k + 4]);
    FloatVector g5 = FloatVector.broadcast(SPECIES, others[k + 5]);
    FloatVector g6 = FloatVector.broadcast(SPECIES, others[k + 6]);
    FloatVector g7 = FloatVector.broadcast(SPECIES, others[k + 7]);
    for (int row = 0; row < sum.length; row += WIDTH) {
      FloatVector s = FloatVector.fromArray(SPECIES, sum, row);
      FloatVector o = FloatVector.fromArray(SPECIES, other, row);
      FloatVector w = FloatVector.fromArray(SPECIES, c0, row);
      s = s.add(w.mul(f0));
      o = o.add(w.mul(g0));
      w = FloatVector.fromArray(SPECIES, c1, row);
      s = s.add(w.mul(f1));
      o = o.add(w.mul(g1));
      w = FloatVector.fromArray(SPECIES, c2, row);
      s = s.add(w.mul(f2));
      o = o.add(w.mul(g2));
      w = FloatVector.fromArray(SPECIES, c3, row);
      s = s.add(w.mul(f3));
      o = o.add(w.mul(g3));
      w = FloatVector.fromArray(SPECIES, c4, row);
      s = s.add(w.mul(f4));
      o = o.add(w.mul(g4));
      w = FloatVector.fromArray(SPECIES, c5, row);
      s = s.add(w.mul(f5));
      o = o.add(w.mul(g5));
      w = FloatVector.fromArray(SPECIES, c6, row);
      s = s.add(w.mul(f6));
      o = o.add(w.mul(g6));
      w = FloatVector.fromArray(SPECIES, c7, row);
      s = s.add(w.mul(f7));
      o = o.add(w.mul(g7));
      s.intoArray(sum, row);
      o.intoArray(other, row);
    }
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

  /** As {@link RoundedMath#nearLog1p}, operation by operation. */
  @Override
  void nearLog1p(double[] x, double[] near, int count) {
    for (int i = 0; i < count; i += DOUBLES.length()) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
      DoubleVector y = v.add(1.0);
      DoubleVector lost = v.sub(y.sub(1.0)).div(y);
      LongVector bits = y.reinterpretAsLongs();
      // Not negative, for y is at least 1.
      LongVector k = bits.sub(RoundedMath.SQRT_HALF_BITS).lanewise(VectorOperators.LSHR, 52);
      DoubleVector m = bits.sub(k.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles();
      DoubleVector exponent = k.add(ROUND_BITS).reinterpretAsDoubles().sub(ROUND);
      DoubleVector s = m.sub(1.0).div(m.add(1.0));
      DoubleVector s2 = s.mul(s);
      DoubleVector s4 = s2.mul(s2);
      DoubleVector s8 = s4.mul(s4);
      DoubleVector p0 = s2.mul(1.0 / 5).add(1.0 / 3).add(s2.mul(1.0 / 9).add(1.0 / 7).mul(s4));
      DoubleVector p1 = s2.mul(1.0 / 13).add(1.0 / 11).add(s2.mul(1.0 / 17).add(1.0 / 15).mul(s4));
      DoubleVector p = s8.mul(1.0 / 19).add(p1).mul(s8).add(p0);
      DoubleVector twice = s.mul(2.0);
      exponent
          .mul(RoundedMath.LN2)
          .add(twice.mul(s2).mul(p).add(lost).add(twice))
          .intoArray(near, i);
    }
  }

  /** As {@link RoundedMath#nearCos}, operation by operation. */
  @Override
  void nearCos(double[] x, double[] near, int count) {
    for (int i = 0; i < count; i += DOUBLES.length()) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
      // The last bits of 1.5 * 2^52 + n are n.
      DoubleVector rounded = v.mul(1 / Math.PI).add(ROUND);
      DoubleVector n = rounded.sub(ROUND);
      DoubleVector r = v.sub(n.mul(RoundedMath.PI_HIGH)).sub(n.mul(RoundedMath.PI_LOW));
      DoubleVector r2 = r.mul(r);
      DoubleVector r4 = r2.mul(r2);
      DoubleVector r8 = r4.mul(r4);
      DoubleVector p0 = r2.mul(-0.5).add(1.0).add(r2.mul(-1.0 / 720).add(1.0 / 24).mul(r4));
      DoubleVector p1 =
          r2.mul(-1.0 / 3628800)
              .add(1.0 / 40320)
              .add(r2.mul(-1.0 / 87178291200.0).add(1.0 / 479001600).mul(r4));
      DoubleVector p2 =
          r2.mul(-1.0 / 6402373705728000.0)
              .add(1.0 / 20922789888000.0)
              .add(r4.mul(1.0 / 2432902008176640000.0));
      DoubleVector p = p2.mul(r8).add(p1).mul(r8).add(p0);
      LongVector odd = rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 63);
      p.reinterpretAsLongs()
          .lanewise(VectorOperators.XOR, odd)
          .reinterpretAsDoubles()
          .intoArray(near, i);
    }
  }
}
