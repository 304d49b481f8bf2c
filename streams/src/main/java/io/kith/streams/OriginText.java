package io.kith.streams;

import com.fasterxml.jackson.annotation.JsonValue;

/** How {@link io.kith.model.Candidates.Origin} stands in JSON, of which the model knows nothing. */
public interface OriginText {
  @JsonValue
  String text();
}
