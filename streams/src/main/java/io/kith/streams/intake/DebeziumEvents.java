package io.kith.streams.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Debezium's change envelope, {@code {"before", "after", "source", "op", "ts_ms"}}, alone or as the
 * {@code payload} beside its {@code schema}. A row that is there after the change is the body.
 *
 * <p>Operations other than those wanted, and the tombstone that follows a deletion, are unwanted:
 * an interaction has happened, whatever became of its row.
 */
final class DebeziumEvents implements EventFormat {
  /** Create, read by a snapshot, update, delete, truncate, message. */
  private static final Set<String> KNOWN = Set.of("c", "r", "u", "d", "t", "m");

  /** Those that leave a row behind. */
  static final Set<String> WITH_ROW = Set.of("c", "r", "u");

  private final Set<String> wanted;

  /**
   * @param wanted operations that are interactions, out of {@link #WITH_ROW}
   */
  DebeziumEvents(Set<String> wanted) {
    this.wanted = Set.copyOf(wanted);
  }

  @Override
  public Event open(byte[] key, byte[] value, Function<String, String> headers)
      throws Unfit, Unwanted {
    if (key != null && value == null) {
      throw new Unwanted("tombstone: length=0");
    }
    JsonNode record = ForeignJson.object(value);
    JsonNode envelope =
        record.size() == 2 && record.has("schema") && record.has("payload")
            ? record.get("payload")
            : record;
    JsonNode operation = envelope.path("op");
    if (!operation.isTextual() || !KNOWN.contains(operation.textValue())) {
      throw new Unfit("no Debezium change: op=" + Shown.of(operation));
    }
    if (!wanted.contains(operation.textValue())) {
      throw new Unwanted("no operation that is an interaction: op=" + operation.textValue());
    }
    JsonNode row = envelope.path("after");
    if (!row.isObject()) {
      throw new Unfit(
          "no row after the change: op=%s, after=%s"
              .formatted(operation.textValue(), row.getNodeType()));
    }
    return new Event(envelope, row, Optional.empty());
  }
}
