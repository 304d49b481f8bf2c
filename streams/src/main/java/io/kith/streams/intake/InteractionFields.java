package io.kith.streams.intake;

import java.util.List;
import java.util.OptionalInt;

/**
 * Where in an event an interaction stands, and what it must be.
 *
 * @param features fields with numbers or arrays of numbers, in the order of the features
 * @param featureCount how many there must be
 * @param eventId fields that together name an event; empty for the format's own id, if it has one
 * @param earliestMs least timestamp, ms; not negative
 * @param maxAheadMs how far ahead of the clock a timestamp may be, ms
 * @param maxIdBytes most UTF-8 bytes of an id
 */
record InteractionFields(
    Field source,
    Field target,
    Field timestamp,
    TimestampUnit unit,
    List<Field> features,
    OptionalInt featureCount,
    List<Field> eventId,
    long earliestMs,
    long maxAheadMs,
    int maxIdBytes) {
  InteractionFields {
    features = List.copyOf(features);
    eventId = List.copyOf(eventId);
  }
}
