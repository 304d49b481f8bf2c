package io.kith.model.train;

import io.kith.model.Axpy;
import io.kith.model.Gru;
import io.kith.model.Kernels;
import io.kith.model.MatrixProduct;
import io.kith.model.Weights;
import java.util.Arrays;

/**
 * One GRU of the model on {@link UpdateRow}s, forward and backward. Between {@link #start} and
 * {@link #finish} the weights do not change. Not safe for concurrent use.
 */
final class GruGradient {
  private static final int TOGETHER = 4;

  private final String name;
  private final Parameters parameters;
  private final TimeGradient time;
  private final UpdateRow row;
  private final int d;

  private Gru gru;
  private MatrixProduct phiOfGates;

  /** Gradient by the folded W A, float[3d][I]; shared out between W and A in {@link #finish}. */
  private final float[][] byFolded;

  private final float[][] byState;

  /**
   * Of the rows that wait for being added up, four at a time: their messages, their states before,
   * and the gradients by what enters the gates from either.
   */
  private final float[][] message;

  private final float[][] before;
  private final float[][] byMessageGates;
  private final float[][] byStateGates;
  private int waiting;
  private final float[] byInputBias;
  private final float[] byStateBias;
  private final float[] byPhi;

  GruGradient(String name, UpdateRow row, Parameters parameters, TimeGradient time) {
    this.name = name;
    this.row = row;
    this.parameters = parameters;
    this.time = time;
    d = row.state();
    byFolded = new float[3 * d][row.message()];
    byState = new float[3 * d][d];
    message = new float[TOGETHER][row.message()];
    before = new float[TOGETHER][d];
    byMessageGates = new float[TOGETHER][3 * d];
    byStateGates = new float[TOGETHER][3 * d];
    byInputBias = parameters.gradient(name + ".bw");
    byStateBias = parameters.gradient(name + ".bu");
    byPhi = new float[Kernels.padded(row.time())];
  }

  /** Takes the weights as they stand. */
  void start(Weights weights) {
    gru = new Gru(weights, name);
    int phi = row.phiAt() - row.messageAt();
    phiOfGates = new MatrixProduct(gru.input().transposed(phi, phi + row.time()));
    for (int r = 0; r < 3 * d; r++) {
      Arrays.fill(byFolded[r], 0f);
      Arrays.fill(byState[r], 0f);
    }
  }

  /** Computes the row at {@code at} with the weights as they stand; the new state to {@code to}. */
  void forward(float[] rows, int at, float[] to) {
    if (rows[at + row.ageAt() + 1] != 0f) {
      time.encode(rows[at + row.ageAt()], rows, at + row.phiAt(), at + row.sineAt());
    }
    System.arraycopy(rows, at, to, 0, d);
    gru.step(rows, at + row.messageAt(), to);
    gru.readTraces(rows, at + row.tracesAt());
  }

  /** Adds the gradients of a row, given the gradient by its new state; after its forward pass. */
  void backward(float[] rows, int at, float[] byNew) {
    float[] fromMessage = byMessageGates[waiting];
    float[] fromState = byStateGates[waiting];
    int traces = at + row.tracesAt();
    for (int k = 0; k < d; k++) {
      float reset = rows[traces + k];
      float update = rows[traces + d + k];
      float candidate = rows[traces + 2 * d + k];
      float stateCandidate = rows[traces + 3 * d + k];
      float byCandidate = byNew[k] * (1f - update) * (1f - candidate * candidate);
      float byReset = byCandidate * stateCandidate * reset * (1f - reset);
      float byUpdate = byNew[k] * (rows[at + k] - candidate) * update * (1f - update);
      fromMessage[k] = byReset;
      fromMessage[d + k] = byUpdate;
      fromMessage[2 * d + k] = byCandidate;
      fromState[k] = byReset;
      fromState[d + k] = byUpdate;
      fromState[2 * d + k] = byCandidate * reset;
    }
    if (rows[at + row.ageAt() + 1] != 0f) {
      Arrays.fill(byPhi, 0f);
      phiOfGates.addTo(byPhi, fromMessage, 0);
      time.add(rows[at + row.ageAt()], rows, at + row.sineAt(), byPhi, 0);
    }
    System.arraycopy(rows, at, before[waiting], 0, d);
    System.arraycopy(rows, at + row.messageAt(), message[waiting], 0, row.message());
    waiting++;
    if (waiting == TOGETHER) {
      addWaiting();
    }
  }

  private void addWaiting() {
    for (int n = 0; n < TOGETHER; n++) {
      Axpy.add(1f, byMessageGates[n], byInputBias);
      Axpy.add(1f, byStateGates[n], byStateBias);
    }
    for (int r = 0; r < 3 * d; r++) {
      addWaiting(byMessageGates, message, r, byFolded[r]);
      addWaiting(byStateGates, before, r, byState[r]);
    }
    waiting = 0;
  }

  private static void addWaiting(float[][] factors, float[][] of, int r, float[] sum) {
    Axpy.add(
        factors[0][r],
        of[0],
        factors[1][r],
        of[1],
        factors[2][r],
        of[2],
        factors[3][r],
        of[3],
        sum);
  }

  /** Hands the gradients over. That by W A, times A', is that by W; W' times it is that by A. */
  void finish() {
    for (int n = waiting; n < TOGETHER; n++) {
      Arrays.fill(byMessageGates[n], 0f);
      Arrays.fill(byStateGates[n], 0f);
    }
    addWaiting();
    float[] w = parameters.value(name + ".W");
    float[] a = parameters.value(name + ".A");
    float[] byW = parameters.gradient(name + ".W");
    float[] byA = parameters.gradient(name + ".A");
    float[] byU = parameters.gradient(name + ".U");
    int length = row.message();
    for (int r = 0; r < 3 * d; r++) {
      for (int k = 0; k < d; k++) {
        float sum = 0;
        for (int c = 0; c < length; c++) {
          sum += byFolded[r][c] * a[k * length + c];
          byA[k * length + c] += w[r * d + k] * byFolded[r][c];
        }
        byW[r * d + k] += sum;
        byU[r * d + k] += byState[r][k];
      }
    }
  }
}
