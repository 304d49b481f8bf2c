package io.kith.operators;

import io.kith.model.Interaction;

/**
 * What came in by a partition: an interaction, or bytes that are none. Immutable by convention.
 *
 * @param interaction null where it was refused
 * @param refusal null where it was not
 * @param key the record's key as it came, if it was refused; may be null
 * @param value the record's value as it came, if it was refused; may be null
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Arrival(
    Origin origin, Interaction interaction, Refusal refusal, byte[] key, byte[] value) {
  /** One that needed no parsing. */
  public static Arrival of(Origin origin, Interaction interaction) {
    return new Arrival(origin, interaction, null, null, null);
  }
}
