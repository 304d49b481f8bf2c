package io.kith.operators;

/** What an Updater works on. */
sealed interface ForUpdater permits Exchange, Forgets, Shortlist, PopularNodes, Inquiry {
  /** A key of the subtask that it goes to. */
  long receiver();
}
