package io.kith.streams.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What came in, opened.
 *
 * @param whole the event with its envelope; fields named by a pointer are looked up here
 * @param body what the envelope holds; fields named by a path are looked up here
 * @param id the id that the format itself gives to events
 */
record Event(JsonNode whole, JsonNode body, Optional<String> id) {
  /** One without an envelope. */
  static Event of(JsonNode body) {
    return new Event(body, body, Optional.empty());
  }
}
