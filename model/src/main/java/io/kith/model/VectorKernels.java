package io.kith.model;

import java.util.stream.IntStream;
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
 * <p>C2 keeps vectors in registers only while it inlines all that is done with them, and it looks
 * at operations on vectors last. Where a method is too much for it (in JDK 17 from some 55
 * operations on), what these are made of is put off until then as well, and in one process of ten,
 * or of two, some vectors become objects on the heap, several times as slow. So no method here has
 * more than 46 operations; what stands in a loop over coefficients counts once. And each longer
 * loop is a method of more than 325 bytes of code (C2's {@code FreqInlineSize}), which is never
 * inlined where much else is. VectorKernelsInliningTest asks the compiler.
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

  /** 1, 1, 1/2!, ..., 1/7!: of the series of the exponential. */
  private static final float[] EXP = {1f, 1f, 0.5f, 1f / 6, 1f / 24, 1f / 120, 1f / 720, 1f / 5040};

  /** 1/3, 1/5, ..., 1/19: of the series of artanh, after its first. */
  private static final double[] ARTANH =
      IntStream.rangeClosed(1, 9).mapToDouble(n -> 1.0 / (2 * n + 1)).toArray();

  /** 1, -1/2!, 1/4!, ..., 1/20!: of the series of the cosine. */
  private static final double[] COS = {
    1.0,
    -0.5,
    1.0 / 24,
    -1.0 / 720,
    1.0 / 40320,
    -1.0 / 3628800,
    1.0 / 479001600,
    -1.0 / 87178291200.0,
    1.0 / 20922789888000.0,
    -1.0 / 6402373705728000.0,
    1.0 / 2432902008176640000.0
  };

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
      FloatVector c = FloatVector.fromArray(SPECIES, column, row);
      s0 = s0.add(c.mul(f));
      o0 = o0.add(c.mul(g));
      c = FloatVector.fromArray(SPECIES, column, row + WIDTH);
      s1 = s1.add(c.mul(f));
      o1 = o1.add(c.mul(g));
      c = FloatVector.fromArray(SPECIES, column, row + 2 * WIDTH);
      s2 = s2.add(c.mul(f));
      o2 = o2.add(c.mul(g));
      c = FloatVector.fromArray(SPECIES, column, row + 3 * WIDTH);
      s3 = s3.add(c.mul(f));
      o3 = o3.add(c.mul(g));
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
    logistic(x, -1f, 1f, 0f);
  }

  @Override
  void tanh(float[] x) {
    logistic(x, 2f, -2f, 1f);
  }

  /** {@code shift + scale / (1 + exp(slope x))}, as {@link Activations}, operation by operation. */
  private static void logistic(float[] x, float slope, float scale, float shift) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector half = FloatVector.broadcast(SPECIES, EXP[2]);
    FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
    FloatVector scales = FloatVector.broadcast(SPECIES, scale);
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    FloatVector least = FloatVector.broadcast(SPECIES, -87f);
    FloatVector most = FloatVector.broadcast(SPECIES, 88f);
    FloatVector round = FloatVector.broadcast(SPECIES, Activations.ROUND);
    FloatVector log2E = FloatVector.broadcast(SPECIES, Activations.LOG2_E);
    FloatVector ln2High = FloatVector.broadcast(SPECIES, Activations.LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(SPECIES, Activations.LN2_LOW);
    for (int i = 0; i < x.length; i += WIDTH) {
      FloatVector held = FloatVector.fromArray(SPECIES, x, i).mul(slopes).min(most).max(least);
      FloatVector rounded = held.mul(log2E).add(round);
      FloatVector n = rounded.sub(round);
      FloatVector r = held.sub(n.mul(ln2High)).sub(n.mul(ln2Low));
      FloatVector p = FloatVector.broadcast(SPECIES, EXP[7]);
      for (int c = 6; c > 2; c--) {
        p = p.mul(r).add(EXP[c]);
      }
      p = p.mul(r).add(half);
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
    DoubleVector ln2 = DoubleVector.broadcast(DOUBLES, RoundedMath.LN2);
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
      DoubleVector p = DoubleVector.broadcast(DOUBLES, ARTANH[8]);
      for (int c = 4; c >= 0; c -= 4) {
        DoubleVector low = s2.mul(ARTANH[c + 1]).add(ARTANH[c]);
        DoubleVector high = s2.mul(ARTANH[c + 3]).add(ARTANH[c + 2]);
        p = p.mul(s8).add(high.mul(s4).add(low));
      }
      DoubleVector twice = s.add(s);
      exponent.mul(ln2).add(twice.mul(s2).mul(p).add(lost).add(twice)).intoArray(near, i);
    }
  }

  /** As {@link RoundedMath#nearCos}, operation by operation. */
  @Override
  void nearCos(double[] x, double[] near, int count) {
    DoubleVector round = DoubleVector.broadcast(DOUBLES, ROUND);
    DoubleVector perPi = DoubleVector.broadcast(DOUBLES, 1 / Math.PI);
    DoubleVector piHigh = DoubleVector.broadcast(DOUBLES, RoundedMath.PI_HIGH);
    DoubleVector piLow = DoubleVector.broadcast(DOUBLES, RoundedMath.PI_LOW);
    DoubleVector oneHalf = DoubleVector.broadcast(DOUBLES, 0.5);
    DoubleVector minusEight = DoubleVector.broadcast(DOUBLES, -8.0);
    DoubleVector one = DoubleVector.broadcast(DOUBLES, 1.0);
    for (int i = 0; i < count; i += DOUBLES.length()) {
      DoubleVector v = DoubleVector.fromArray(DOUBLES, x, i);
      DoubleVector n = v.mul(perPi).add(round).sub(round);
      DoubleVector r = v.sub(n.mul(piHigh)).sub(n.mul(piLow));
      DoubleVector r2 = r.mul(r);
      DoubleVector r4 = r2.mul(r2);
      DoubleVector r8 = r4.mul(r4);
      DoubleVector p = r2.mul(COS[9]).add(COS[8]).add(r4.mul(COS[10]));
      for (int c = 4; c >= 0; c -= 4) {
        DoubleVector low = r2.mul(COS[c + 1]).add(COS[c]);
        DoubleVector high = r2.mul(COS[c + 3]).add(COS[c + 2]);
        p = p.mul(r8).add(high.mul(r4).add(low));
      }
      // Half of n is whole for an even n; by arithmetic, for shifts end on the heap
      DoubleVector half = n.mul(oneHalf);
      DoubleVector rest = half.sub(half.add(round).sub(round));
      p.mul(rest.mul(rest).mul(minusEight).add(one)).intoArray(near, i);
    }
  }
}
