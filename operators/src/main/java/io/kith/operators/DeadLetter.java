package io.kith.operators;

/**
 * A refused record, byte for byte as it came.
 *
 * @param key as it came; may be null
 * @param value as it came; may be null
 * @param reason why, ending in name=value
 * @param stage what refused it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record DeadLetter(Origin origin, byte[] key, byte[] value, String reason, String stage) {}
