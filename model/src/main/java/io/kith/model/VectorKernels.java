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
 *
 * <p>C2 keeps vectors in registers only while it can inline all that is done with them. A loop that
 * is itself inlined where much else is, may exceed what C2 inlines at most; then its vectors are
 * objects on the heap, ten times as slow. So each longer loop is a method of more than 325 bytes of
 * code (C2's {@code FreqInlineSize}), which is compiled by itself; {@code ./kith bench --only
 * allocation} shows whether it held.
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
    logistic(x, -1f, 1f, 0f);
  }

  @Override
  void tanh(float[] x) {
    logistic(x, 2f, -2f, 1f);
  }

  /** {@code shift + scale / (1 + exp(slope x))}, as {@link Activations}, operation by operation. */
  private static void logistic(float[] x, float slope, float scale, float shift) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
    FloatVector scales = FloatVector.broadcast(SPECIES, scale);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector least = FloatVector.broadcast(SPECIES, -87f);
    FloatVector most = FloatVector.broadcast(SPECIES, 88f);
    FloatVector round = FloatVector.broadcast(SPECIES, Activations.ROUND);
    FloatVector log2E = FloatVector.broadcast(SPECIES, Activations.LOG2_E);
    FloatVector ln2High = FloatVector.broadcast(SPECIES, Activations.LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(SPECIES, Activations.LN2_LOW);
    FloatVector c2 = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector c3 = FloatVector.broadcast(SPECIES, 1f / 6);
    FloatVector c4 = FloatVector.broadcast(SPECIES, 1f / 24);
    FloatVector c5 = FloatVector.broadcast(SPECIES, 1f / 120);
    FloatVector c6 = FloatVector.broadcast(SPECIES, 1f / 720);
    FloatVector c7 = FloatVector.broadcast(SPECIES, 1f / 5040);
    for (int i = 0; i < x.length; i += WIDTH) {
      FloatVector held = FloatVector.fromArray(SPECIES, x, i).mul(slopes).min(most).max(least);
      FloatVector rounded = held.mul(log2E).add(round);
      FloatVector n = rounded.sub(round);
      FloatVector r = held.sub(n.mul(ln2High)).sub(n.mul(ln2Low));
      FloatVector p = c7.mul(r).add(c6);
      p = p.mul(r).add(c5);
      p = p.mul(r).add(c4);
      p = p.mul(r).add(c3);
      p = p.mul(r).add(c2);
      p = p.mul(r).add(one);
      p = p.mul(r).add(one);
      // The last bits of 1.5 * 2^23 + n are n; what stands before them is shifted out.
      IntVector power = rounded.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
      FloatVector e = p.mul(power.reinterpretAsFloats());
      shifts.add(scales.div(e.add(one))).intoArray(x, i);
    }
  }

  /** As {@link RoundedMath#nearLog1p}, operation by operation. */
  @Override
  void nearLog1p(double[] x, double[] near, int count) {
    DoubleVector one = DoubleVector.broadcast(DOUBLES, 1.0);
    DoubleVector two = DoubleVector.broadcast(DOUBLES, 2.0);
    DoubleVector c0 = DoubleVector.broadcast(DOUBLES, 1.0 / 3);
    DoubleVector c1 = DoubleVector.broadcast(DOUBLES, 1.0 / 5);
    DoubleVector c2 = DoubleVector.broadcast(DOUBLES, 1.0 / 7);
    DoubleVector c3 = DoubleVector.broadcast(DOUBLES, 1.0 / 9);
    DoubleVector c4 = DoubleVector.broadcast(DOUBLES, 1.0 / 11);
    DoubleVector c5 = DoubleVector.broadcast(DOUBLES, 1.0 / 13);
    DoubleVector c6 = DoubleVector.broadcast(DOUBLES, 1.0 / 15);
    DoubleVector c7 = DoubleVector.broadcast(DOUBLES, 1.0 / 17);
    DoubleVector c8 = DoubleVector.broadcast(DOUBLES, 1.0 / 19);
    for (int i = 0; i < count; i += DOUBLES.length()) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
      DoubleVector y = v.add(one);
      DoubleVector lost = v.sub(y.sub(one)).div(y);
      LongVector bits = y.reinterpretAsLongs();
      // Not negative, for y is at least 1.
      LongVector k = bits.sub(RoundedMath.SQRT_HALF_BITS).lanewise(VectorOperators.LSHR, 52);
      DoubleVector m = bits.sub(k.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles();
      DoubleVector exponent = k.add(ROUND_BITS).reinterpretAsDoubles().sub(ROUND);
      DoubleVector s = m.sub(one).div(m.add(one));
      DoubleVector s2 = s.mul(s);
      DoubleVector s4 = s2.mul(s2);
      DoubleVector s8 = s4.mul(s4);
      DoubleVector p0 = s2.mul(c1).add(c0).add(s2.mul(c3).add(c2).mul(s4));
      DoubleVector p1 = s2.mul(c5).add(c4).add(s2.mul(c7).add(c6).mul(s4));
      DoubleVector p = s8.mul(c8).add(p1).mul(s8).add(p0);
      DoubleVector twice = s.mul(two);
      exponent
          .mul(RoundedMath.LN2)
          .add(twice.mul(s2).mul(p).add(lost).add(twice))
          .intoArray(near, i);
    }
  }

  /** As {@link RoundedMath#nearCos}, operation by operation. */
  @Override
  void nearCos(double[] x, double[] near, int count) {
    DoubleVector one = DoubleVector.broadcast(DOUBLES, 1.0);
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    DoubleVector c1 = DoubleVector.broadcast(DOUBLES, -0.5);
    DoubleVector c2 = DoubleVector.broadcast(DOUBLES, 1.0 / 24);
    DoubleVector c3 = DoubleVector.broadcast(DOUBLES, -1.0 / 720);
    DoubleVector c4 = DoubleVector.broadcast(DOUBLES, 1.0 / 40320);
    DoubleVector c5 = DoubleVector.broadcast(DOUBLES, -1.0 / 3628800);
    DoubleVector c6 = DoubleVector.broadcast(DOUBLES, 1.0 / 479001600);
    DoubleVector c7 = DoubleVector.broadcast(DOUBLES, -1.0 / 87178291200.0);
    DoubleVector c8 = DoubleVector.broadcast(DOUBLES, 1.0 / 20922789888000.0);
    DoubleVector c9 = DoubleVector.broadcast(DOUBLES, -1.0 / 6402373705728000.0);
    DoubleVector c10 = DoubleVector.broadcast(DOUBLES, 1.0 / 2432902008176640000.0);
    for (int i = 0; i < count; i += DOUBLES.length()) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
      DoubleVector n = v.mul(1 / Math.PI).add(round).sub(round);
      DoubleVector r = v.sub(n.mul(RoundedMath.PI_HIGH)).sub(n.mul(RoundedMath.PI_LOW));
      DoubleVector r2 = r.mul(r);
      DoubleVector r4 = r2.mul(r2);
      DoubleVector r8 = r4.mul(r4);
      DoubleVector p0 = r2.mul(c1).add(one).add(r2.mul(c3).add(c2).mul(r4));
      DoubleVector p1 = r2.mul(c5).add(c4).add(r2.mul(c7).add(c6).mul(r4));
      DoubleVector p2 = r2.mul(c9).add(c8).add(r4.mul(c10));
      DoubleVector p = p2.mul(r8).add(p1).mul(r8).add(p0);
      // 0 for an even n, 1 or -1 for an odd one; by arithmetic, for shifts end on the heap
      DoubleVector odd = n.sub(n.mul(0.5).add(round).sub(round).mul(2.0));
      p.mul(one.sub(odd.mul(odd).mul(2.0))).intoArray(near, i);
    }
  }
}
