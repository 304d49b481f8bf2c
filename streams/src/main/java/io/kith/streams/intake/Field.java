package io.kith.streams.intake;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where a field stands in an event: {@code user.id} in its body, or by a JSON Pointer (RFC 6901)
 * such as {@code /source/ts_ms} from the top of its envelope. Steps that are numbers count elements
 * of arrays, from 0.
 */
final class Field {
  private final String name;
  private final boolean fromTop;
  private final JsonPointer pointer;

  private Field(String name, boolean fromTop, JsonPointer pointer) {
    this.name = name;
    this.fromTop = fromTop;
    this.pointer = pointer;
  }

  /**
   * Reads a pointer or a path.
   *
   * @throws IllegalArgumentException where it is neither
   */
  static Field of(String text) {
    if (text.startsWith("/")) {
      return new Field(text, true, JsonPointer.compile(text));
    }
    if (text.isEmpty() || text.startsWith(".") || text.endsWith(".") || text.contains("..")) {
      throw new IllegalArgumentException("a step of the path is empty: path=" + text);
    }
    String escaped = text.replace("~", "~0").replace("/", "~1").replace('.', '/');
    return new Field(text, false, JsonPointer.compile("/" + escaped));
  }

  /** One step in the body, whatever its characters. */
  static Field column(String text) {
    return new Field(
        text, false, JsonPointer.compile("/" + text.replace("~", "~0").replace("/", "~1")));
  }

  /** As it was given. */
  String name() {
    return name;
  }

  /** What stands there; a missing node for nothing. */
  JsonNode in(Event event) {
    return (fromTop ? event.whole() : event.body()).at(pointer);
  }
}
