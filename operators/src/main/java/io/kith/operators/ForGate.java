package io.kith.operators;

/** What a Gate takes in: of interactions those of its partitions, of requests all. */
sealed interface ForGate permits Stamped, ForgetRequest {
  /** Input partition that it came by. */
  int partition();
}
