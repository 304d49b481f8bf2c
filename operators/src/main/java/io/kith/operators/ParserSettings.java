package io.kith.operators;

import io.kith.operators.KithOptions.TimestampUnit;
import java.io.Serializable;

/**
 * What an interaction must be to be taken.
 *
 * @param features its number of features, Dx of the model
 * @param unit unit of its timestamp
 * @param maxAheadMs how far ahead of the clock its timestamp may be, ms
 * @param maxIdBytes most UTF-8 bytes of an id
 */
record ParserSettings(int features, TimestampUnit unit, long maxAheadMs, int maxIdBytes)
    implements Serializable {}
