package io.kith.operators;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kith.operators.JsonRecord.Unfit;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Reads a signal from JSON: {@code {"type": "forget", "node": "a", "timestamp": 0}}, the timestamp
 * where wanted. The id may be a whole number; other fields are ignored. What is no signal is
 * refused with a reason, never with an exception. Not safe for concurrent use.
 */
final class SignalParser {
  private static final String FORGET = "forget";

  /** Characters of an unknown type that its refusal repeats. */
  private static final int SHOWN = 40;

  private final JsonRecord record;
  private String type;
  private String node;
  private OptionalLong timestamp;

  /** Either a request or a refusal; the other is null. */
  record Parsed(ForgetRequest request, Refusal refusal) {}

  /**
   * @param clock the time now, ms; bounds timestamps
   */
  SignalParser(ParserSettings settings, LongSupplier clock) {
    record = new JsonRecord(settings, clock);
  }

  /**
   * Reads one signal.
   *
   * @param origin where it came from
   * @param value the record's bytes; null is refused
   */
  Parsed parse(Origin origin, byte[] value) {
    type = null;
    node = null;
    timestamp = OptionalLong.empty();
    try {
      record.read(value, this::readField);
      if (type == null || node == null) {
        throw new Unfit("field missing: name=" + (type == null ? "type" : "node"));
      }
      return new Parsed(
          new ForgetRequest(origin.partition(), origin.offset(), node, timestamp), null);
    } catch (Unfit e) {
      return new Parsed(null, Refusal.unreadable(e.getMessage()));
    }
  }

  private void readField(JsonParser parser, String name, JsonToken value)
      throws IOException, Unfit {
    switch (name) {
      case "type" -> {
        JsonRecord.refuseSecond(name, type != null);
        type = parser.getText();
        if (value != JsonToken.VALUE_STRING || !type.equals(FORGET)) {
          String shown = type.substring(0, Math.min(SHOWN, type.length()));
          throw new Unfit("no such signal; known is forget: type=" + shown);
        }
      }
      case "node" -> {
        JsonRecord.refuseSecond(name, node != null);
        node = record.id(parser, value, name);
      }
      case "timestamp" -> {
        JsonRecord.refuseSecond(name, timestamp.isPresent());
        timestamp = OptionalLong.of(record.timestamp(parser, value));
      }
      default -> parser.skipChildren();
    }
  }
}
