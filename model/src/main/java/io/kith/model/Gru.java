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

  private final Kernels kernels = Kernels.chosen();
  private final Matrix input;
  private final MatrixProduct ofMessage;
  private final MatrixProduct ofState;
  private final float[] inputBias;
  private final float[] stateBias;
  private final float[] a;
  private final float[] b;

  /** The gates r and z, one behind the other. */
  private final float[] gates;

  private final float[] candidates;
  private final int d;

  /** The unit whose tensors start with {@code name}: {@code self} or {@code ngh}. */
  public Gru(Weights weights, String name) {
    input = Matrix.product(weights.matrix(name + ".W"), weights.matrix(name + ".A"));
    Matrix state = weights.matrix(name + ".U");
    ofMessage = new MatrixProduct(input);
    ofState = new MatrixProduct(state);
    inputBias = weights.vector(name + ".bw");
    stateBias = weights.vector(name + ".bu");
    d = state.columns;
    a = new float[Kernels.padded(3 * d)];
    b = new float[Kernels.padded(3 * d)];
    gates = new float[Kernels.padded(2 * d)];
    candidates = new float[Kernels.padded(d)];
  }

  /**
   * One step, in place.
   *
   * @param message float[I], from {@code at} on
   * @param h float[d], the state before and after
   */
  public void step(float[] message, int at, float[] h) {
    System.arraycopy(inputBias, 0, a, 0, 3 * d);
    System.arraycopy(stateBias, 0, b, 0, 3 * d);
    ofMessage.addTo(a, message, at);
    ofState.addTo(b, h, 0);
    for (int k = 0; k < 2 * d; k++) {
      gates[k] = a[k] + b[k];
    }
    kernels.sigmoid(gates);
    for (int k = 0; k < d; k++) {
      candidates[k] = a[2 * d + k] + gates[k] * b[2 * d + k];
    }
    kernels.tanh(candidates);
    for (int k = 0; k < d; k++) {
      float update = gates[d + k];
      h[k] = (1f - update) * candidates[k] + update * h[k];
    }
  }

  /** Copies the {@link #TRACES} of the last step, float[4d], for a backward pass. */
  public void readTraces(float[] to, int at) {
    System.arraycopy(gates, 0, to, at, 2 * d);
    System.arraycopy(candidates, 0, to, at + 2 * d, d);
    System.arraycopy(b, 2 * d, to, at + 3 * d, d);
  }

  /** The folded W A; its columns are those of a message. */
  public Matrix input() {
    return input;
  }
}
