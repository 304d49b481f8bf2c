package io.kith.model.train;

import io.kith.model.Gru;
import io.kith.model.Weights;
import java.util.Arrays;

/**
 * One GRU of the model on {@link UpdateRow}s, forward and backward. Between {@link #start} and
 * {@link #finish} the weights do not change. Not safe for concurrent use.
 */
final class GruGradient {
  private final String name;
  private final Parameters parameters;
  private final TimeGradient time;
  private final UpdateRow row;
  private final int d;

  private Gru gru;
  private float[] folded;

  /** Gradient by the folded W A, float[3d][I]; shared out between W and A in {@link #finish}. */
  private final float[] byFolded;

  private final float[] byState;
  private final float[] byInputBias;
  private final float[] byStateBias;

  /** Gradients by what enters the gates from the message and from the state before. */
  private final float[] fromMessage;

  private final float[] fromState;
  private final float[] byPhi;

  GruGradient(String name, UpdateRow row, Parameters parameters, TimeGradient time) {
    this.name = name;
    this.row = row;
    this.parameters = parameters;
    this.time = time;
    d = row.state();
    byFolded = new float[3 * d * row.message()];
    byState = parameters.gradient(name + ".U");
    byInputBias = parameters.gradient(name + ".bw");
    byStateBias = parameters.gradient(name + ".bu");
    fromMessage = new float[3 * d];
    fromState = new float[3 * d];
    byPhi = new float[row.time()];
  }

  /** Takes the weights as they stand. */
  void start(Weights weights) {
    gru = new Gru(weights, name);
    folded = gru.inputRows();
    Arrays.fill(byFolded, 0f);
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
    int message = row.message();
    for (int r = 0; r < 3 * d; r++) {
      byInputBias[r] += fromMessage[r];
      byStateBias[r] += fromState[r];
      Vectors.add(fromMessage[r], rows, at + row.messageAt(), byFolded, r * message, message);
      Vectors.add(fromState[r], rows, at, byState, r * d, d);
    }
    if (rows[at + row.ageAt() + 1] != 0f) {
      backwardTime(rows, at);
    }
  }

  private void backwardTime(float[] rows, int at) {
    Arrays.fill(byPhi, 0f);
    int phi = row.phiAt() - row.messageAt();
    for (int r = 0; r < 3 * d; r++) {
      Vectors.add(fromMessage[r], folded, r * row.message() + phi, byPhi, 0, byPhi.length);
    }
    time.add(rows[at + row.ageAt()], rows, at + row.sineAt(), byPhi, 0);
  }

  /** Shares the gradient by W A out: by W it is that times A', by A it is W' times that. */
  void finish() {
    float[] w = parameters.value(name + ".W");
    float[] a = parameters.value(name + ".A");
    float[] byW = parameters.gradient(name + ".W");
    float[] byA = parameters.gradient(name + ".A");
    int message = row.message();
    for (int r = 0; r < 3 * d; r++) {
      for (int k = 0; k < d; k++) {
        float sum = 0;
        for (int c = 0; c < message; c++) {
          sum += byFolded[r * message + c] * a[k * message + c];
        }
        byW[r * d + k] += sum;
        Vectors.add(w[r * d + k], byFolded, r * message, byA, k * message, message);
      }
    }
  }
}
