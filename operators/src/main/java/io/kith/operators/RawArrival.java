package io.kith.operators;

/**
 * A record of the signals or the requests topic as it came. Immutable by convention.
 *
 * @param key may be null
 * @param value may be null
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record RawArrival(Origin origin, byte[] key, byte[] value) {}
