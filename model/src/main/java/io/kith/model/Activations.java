package io.kith.model;

/**
 * Exponential, sigmoid and hyperbolic tangent in float32 arithmetic alone: the same bits on every
 * machine, and simple enough for the compiler to vectorise. Any thread.
 */
public final class Activations {
  static final float LOG2_E = (float) (1 / 0.6931471805599453);

  /** ln 2 in two parts: the first has few bits, so its product with a small integer is exact. */
  static final float LN2_HIGH = 355f / 512;

  static final float LN2_LOW = -2.1219444e-4f;

  /** 1.5 * 2^23: adding and taking it away rounds a float to the nearest integer. */
  static final float ROUND = 12582912f;

  private Activations() {}

  /** e^x with a relative error below 2e-7; x is held within [-87, 88]. */
  public static float exp(float x) {
    float held = Math.max(-87f, Math.min(88f, x));
    float n = held * LOG2_E + ROUND - ROUND;
    float r = held - n * LN2_HIGH - n * LN2_LOW;
    float p = 1f / 5040;
    p = p * r + 1f / 720;
    p = p * r + 1f / 120;
    p = p * r + 1f / 24;
    p = p * r + 1f / 6;
    p = p * r + 0.5f;
    p = p * r + 1f;
    p = p * r + 1f;
    return p * Float.intBitsToFloat(((int) n + 127) << 23);
  }

  /** 1 / (1 + e^-x). */
  public static float sigmoid(float x) {
    return 1f / (1f + exp(-x));
  }

  /** tanh x, with an absolute error below 3e-7. */
  public static float tanh(float x) {
    return 1f - 2f / (1f + exp(2f * x));
  }
}
