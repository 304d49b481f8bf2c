package io.kith.streams.intake;

import java.util.Optional;

/**
 * What was read out of an event.
 *
 * @param timestamp event time, ms
 * @param features those of the interaction; empty for none
 * @param eventId by which copies are known; empty where events have none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record ForeignInteraction(
    String source, String target, long timestamp, float[] features, Optional<String> eventId) {
  boolean isSelfLoop() {
    return source.equals(target);
  }
}
