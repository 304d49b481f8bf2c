package io.kith.operators;

/** What a Reader holds until all windows before its own are applied. */
sealed interface InWindow extends ForReader permits Half, Forget {
  /** Its event-time window. */
  long window();
}
