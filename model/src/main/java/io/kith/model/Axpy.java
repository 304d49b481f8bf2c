package io.kith.model;

/**
 * The one loop that everything spends its time in: to a vector, multiples of others are added.
 * Arrays are read and written at the same index, for only then does the compiler of JDK 17
 * vectorise; four at once, for then the sum is loaded and stored once. Each element has one sum, in
 * the order of the arguments. Any thread.
 */
public final class Axpy {
  private Axpy() {}

  /** Adds {@code f * a} to {@code sum}, over the length of {@code sum}. */
  public static void add(float f, float[] a, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += a[i] * f;
    }
  }

  /** Adds four multiples to {@code sum}, one after another. */
  public static void add(
      float f0,
      float[] a0,
      float f1,
      float[] a1,
      float f2,
      float[] a2,
      float f3,
      float[] a3,
      float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = sum[i] + a0[i] * f0 + a1[i] * f1 + a2[i] * f2 + a3[i] * f3;
    }
  }
}
