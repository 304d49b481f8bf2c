package io.kith.operators;

/**
 * What a Gate takes in: of interactions and questions those of its partitions, of requests to
 * forget all.
 */
sealed interface ForGate permits Stamped, ForgetRequest, Question {
  /** Input partition that it came by. */
  int partition();
}
