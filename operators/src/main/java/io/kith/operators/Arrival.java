package io.kith.operators;

import io.kith.model.Interaction;

/**
 * What came in by a partition: an interaction, a pair to be scored, or bytes that are neither.
 * Immutable by convention.
 *
 * @param interaction null where it was refused
 * @param asked whether the interaction is only a pair to be scored, and not to be learned
 * @param refusal null where it was not
 * @param key the record's key as it came, if it was refused; may be null
 * @param value the record's value as it came, if it was refused; may be null
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Arrival(
    Origin origin,
    Interaction interaction,
    boolean asked,
    Refusal refusal,
    byte[] key,
    byte[] value) {
  /** One that needed no parsing. */
  public static Arrival of(Origin origin, Interaction interaction) {
    return new Arrival(origin, interaction, false, null, null, null);
  }

  /** A pair to be scored at its time, from the records before its window, and not to be learned. */
  public static Arrival question(Origin origin, Interaction pair) {
    return new Arrival(origin, pair, true, null, null, null);
  }

  /** Bytes that are no interaction. */
  static Arrival refused(Origin origin, Refusal refusal, byte[] key, byte[] value) {
    return new Arrival(origin, null, false, refusal, key, value);
  }
}
