/**
 * The Flink job: Intake, Gate, Reader and Updater, with the store between the last two. The only
 * place where state and model meet. The protocol is written down in {@code docs/protocol.md}.
 */
package io.kith.operators;
