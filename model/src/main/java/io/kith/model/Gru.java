package io.kith.model;

/**
 * A gated recurrent unit (Cho et al., EMNLP 2014) behind a linear map A, as in MODEL.md, "Update":
 *
 * <pre>
 *   i  = A m                          m float[I]
 *   r  = sig (W_r i + bw_r + U_r h + bu_r)
 *   z  = sig (W_z i + bw_z + U_z h + bu_z)
 *   c  = tanh(W_n i + bw_n + r (U_n h + bu_n))
 *   h' = (1 - z) c + z h              h float[d]
 * </pre>
 *
 * W A is folded into one matrix, for there is nothing between them. Not safe for concurrent use.
 */
public final class Gru {
  /** What {@link #step} leaves of each unit, d of each: r, z, c, U_n h + bu_n. */
  public static final int TRACES = 4;

  private final Matrix input;
  private final Matrix state;
  private final float[] inputBias;
  private final float[] stateBias;
  private final float[] a;
  private final float[] b;
  private final float[] traces;
  private final int d;

  /** The unit whose tensors start with {@code name}: {@code self} or {@code ngh}. */
  public Gru(Weights weights, String name) {
    input = Matrix.product(weights.matrix(name + ".W"), weights.matrix(name + ".A"));
    state = weights.matrix(name + ".U");
    inputBias = weights.vector(name + ".bw");
    stateBias = weights.vector(name + ".bu");
    d = state.columns;
    a = new float[3 * d];
    b = new float[3 * d];
    traces = new float[TRACES * d];
  }

  /**
   * One step, in place.
   *
   * @param message float[I], from {@code at} on
   * @param h float[d], the state before and after
   */
  public void step(float[] message, int at, float[] h) {
    System.arraycopy(inputBias, 0, a, 0, a.length);
    System.arraycopy(stateBias, 0, b, 0, b.length);
    input.addProduct(message, at, a);
    state.addProduct(h, 0, b);
    for (int k = 0; k < d; k++) {
      float reset = Activations.sigmoid(a[k] + b[k]);
      float update = Activations.sigmoid(a[d + k] + b[d + k]);
      float candidate = Activations.tanh(a[2 * d + k] + reset * b[2 * d + k]);
      h[k] = (1f - update) * candidate + update * h[k];
      traces[k] = reset;
      traces[d + k] = update;
      traces[2 * d + k] = candidate;
      traces[3 * d + k] = b[2 * d + k];
    }
  }

  /** Copies the {@link #TRACES} of the last step, float[4d], for a backward pass. */
  public void readTraces(float[] to, int at) {
    System.arraycopy(traces, 0, to, at, traces.length);
  }

  /** The folded W A; its columns are those of a message. */
  public Matrix input() {
    return input;
  }
}
