package io.kith.model.train;

import io.kith.model.Gru;

/**
 * Where things lie in a row: all that the last update of one state was made of, and what a forward
 * pass leaves for the backward pass. The first three parts are written at the update, the others
 * whenever the row is computed anew.
 *
 * <pre>
 *   before   float[d]   the state before; a constant to gradients
 *   message  float[I]   [s_v (D) ; x (Dx) ; phi (T) ; dir]; s_v is a constant too
 *   age      float[2]   ln(1 + dt/1000), and 1 where there is a dt, else 0
 *   sine     float[T]   sines of the angles whose cosines phi is
 *   traces   float[4d]  of {@link Gru}
 * </pre>
 */
record UpdateRow(int state, int message, int time) {
  int messageAt() {
    return state;
  }

  /** First of the T time features within the message. */
  int phiAt() {
    return state + message - time - 1;
  }

  int ageAt() {
    return state + message;
  }

  /** Length of what an update writes, and of what is copied along with a state. */
  int inputs() {
    return ageAt() + 2;
  }

  int sineAt() {
    return inputs();
  }

  int tracesAt() {
    return sineAt() + time;
  }

  int length() {
    return tracesAt() + Gru.TRACES * state;
  }
}
