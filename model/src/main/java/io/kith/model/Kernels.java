package io.kith.model;

/**
 * The loops that a model spends its time in, in two forms: {@link ScalarKernels} in plain Java, and
 * one in the JDK's Vector API, where the JVM has it. Both do the same operations on each element in
 * the same order, so their results have the same bits: vectors lie along outputs, never along a
 * sum, and nothing is fused. Stateless; any thread.
 *
 * <p>Arrays of results are padded: their length is a multiple of {@link #LANES}, so that no form
 * needs code for a rest. What stands in the padding is of no meaning.
 */
public abstract class Kernels {
  /** Elements that results come in; no vector of any form is longer. */
  public static final int LANES = 16;

  Kernels() {}

  /** The length of an array of results of which {@code length} are wanted. */
  public static int padded(int length) {
    return (length + LANES - 1) / LANES * LANES;
  }

  /** The kernels for this JVM. */
  public static Kernels chosen() {
    return KernelChoice.MADE.kernels();
  }

  /** Which form {@link #chosen} is and why, for a log. */
  public static String choice() {
    return KernelChoice.MADE.reason();
  }

  /**
   * Adds multiples of columns to a sum: {@code sum += factors[k] * columns[used[k]]} for the first
   * {@code count} k, one after another.
   *
   * @param columns float[..][padded], each as long as {@code sum} or longer
   * @param sum float[padded]
   */
  abstract void addColumns(float[][] columns, int[] used, float[] factors, int count, float[] sum);

  /**
   * The same for two sums with factors of their own, so that each column is fetched once for both:
   * a scorer's matrix is larger than the first-level cache.
   *
   * @param factors for the first sum
   * @param others for the second
   * @param sum float[padded]
   * @param other float[padded], of the same length
   */
  abstract void addColumnsToBoth(
      float[][] columns,
      int[] used,
      float[] factors,
      float[] others,
      int count,
      float[] sum,
      float[] other);

  /** {@link Activations#sigmoid} of each element, in place. */
  abstract void sigmoid(float[] x);

  /** {@link Activations#tanh} of each element, in place. */
  abstract void tanh(float[] x);

  /**
   * {@link RoundedMath#nearLog1p} of the first {@code count} elements.
   *
   * @param x double[padded], none of them negative
   * @param near double[padded]
   */
  abstract void nearLog1p(double[] x, double[] near, int count);

  /**
   * {@link RoundedMath#nearCos} of the first {@code count} elements.
   *
   * @param x double[padded]
   * @param near double[padded]
   */
  abstract void nearCos(double[] x, double[] near, int count);
}
