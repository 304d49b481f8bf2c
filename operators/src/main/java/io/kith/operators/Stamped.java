package io.kith.operators;

import io.kith.model.Interaction;

/**
 * An interaction and the input partition whose clock judges it.
 *
 * @param asked whether it is only a pair to be scored, and not to be learned
 */
record Stamped(int partition, Interaction interaction, boolean asked) implements ForGate {}
