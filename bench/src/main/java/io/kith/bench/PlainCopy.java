package io.kith.bench;

import java.util.Arrays;
import java.util.function.Consumer;

/** What memory gives here: one array far larger than the caches copied to another. */
final class PlainCopy implements Measure {
  private static final int BYTES = 256 << 20;
  private static final int COPIES = 4;

  @Override
  public String name() {
    return "copy";
  }

  @Override
  public String what() {
    return "limit: a plain copy, bytes read and written: GB/s";
  }

  @Override
  public String target() {
    return "";
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) {
    byte[] from = new byte[BYTES];
    byte[] to = new byte[BYTES];
    Arrays.fill(from, (byte) 1);
    System.arraycopy(from, 0, to, 0, BYTES);
    double[] speeds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      step.accept("round %d of %d".formatted(i + 1, repeats));
      long start = System.nanoTime();
      for (int n = 0; n < COPIES; n++) {
        System.arraycopy(from, 0, to, 0, BYTES);
      }
      speeds[i] = 2.0 * BYTES * COPIES / (System.nanoTime() - start);
    }
    if (to[BYTES - 1] != 1) { // used, so that no compiler leaves the work out
      throw new IllegalStateException("not copied: last=" + to[BYTES - 1]);
    }
    return speeds;
  }
}
