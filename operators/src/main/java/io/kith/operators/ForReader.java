package io.kith.operators;

/** What a Reader works on. */
sealed interface ForReader permits InWindow, Question {
  /** A key of the subtask that it goes to. */
  long owner();
}
