package io.kith.model.train;

/** The one loop that training spends its time in, in the form that the compiler vectorises. */
final class Vectors {
  private Vectors() {}

  /** Adds {@code factor * from[fromAt ..]} to {@code to[toAt ..]}, {@code length} elements. */
  static void add(float factor, float[] from, int fromAt, float[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] += from[fromAt + i] * factor;
    }
  }
}
