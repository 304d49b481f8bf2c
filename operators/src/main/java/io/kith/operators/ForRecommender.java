package io.kith.operators;

/** What a Recommender works on. */
sealed interface ForRecommender permits ScoredCandidates, Predicted, Forgets {
  /** A key of the subtask that it goes to. */
  long receiver();
}
