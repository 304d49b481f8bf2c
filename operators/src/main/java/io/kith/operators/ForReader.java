package io.kith.operators;

/** What a Reader holds until all windows before its own are applied. */
sealed interface ForReader permits Half, Forget {
  /** Its event-time window. */
  long window();

  /** A key of the subtask that it goes to. */
  long owner();
}
