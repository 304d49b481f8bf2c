package io.kith.streams.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.kith.model.Interaction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Reads an interaction out of an event. Numbers may be written as text, as CSV has them and many
 * JSON writers do with 64 bits; nothing else is bent. Not safe for concurrent use.
 */
final class InteractionReader {
  /** Where no number is set. */
  static final int MOST_FEATURES = 4096;

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,30}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d{1,400}(\\.\\d{0,400})?|\\.\\d{1,400})([eE][-+]?\\d{1,9})?");

  private final InteractionFields fields;
  private final LongSupplier clock;

  /**
   * @param clock the time now, ms; bounds timestamps
   */
  InteractionReader(InteractionFields fields, LongSupplier clock) {
    this.fields = fields;
    this.clock = clock;
  }

  ForeignInteraction read(Event event) throws Unfit {
    Interaction interaction =
        new Interaction(
            id(fields.source(), event),
            id(fields.target(), event),
            timestamp(event),
            features(event));
    return new ForeignInteraction(interaction, eventId(event));
  }

  private Optional<String> eventId(Event event) throws Unfit {
    if (fields.eventId().isEmpty()) {
      if (event.id().isPresent()) {
        checkLength("event id", event.id().get());
      }
      return event.id();
    }
    List<String> parts = new ArrayList<>();
    for (Field field : fields.eventId()) {
      parts.add(id(field, event));
    }
    return Optional.of(EventId.joined(parts));
  }

  private String id(Field field, Event event) throws Unfit {
    JsonNode node = present(field, event);
    if (!node.isTextual() && !node.isIntegralNumber()) {
      throw new Unfit(
          "neither text nor a whole number: %s=%s".formatted(field.name(), Shown.of(node)));
    }
    String id = node.asText();
    if (id.isEmpty()) {
      throw new Unfit("id is empty: field=%s, length=0".formatted(field.name()));
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
      throw new Unfit(
          "id is not Unicode, it has half a surrogate pair: field=%s, length=%d"
              .formatted(field.name(), id.length()));
    }
    checkLength(field.name(), id);
    return id;
  }

  private void checkLength(String name, String id) throws Unfit {
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > fields.maxIdBytes()) {
      throw new Unfit(
          "id too long: field=%s, bytes=%d, max-id-bytes=%d"
              .formatted(name, bytes, fields.maxIdBytes()));
    }
  }

  private long timestamp(Event event) throws Unfit {
    Field field = fields.timestamp();
    JsonNode node = present(field, event);
    long latest = clock.getAsLong() + fields.maxAheadMs();
    long ms = fields.unit().isNumber() ? whole(field, node) : instant(field, node);
    if (ms < fields.earliestMs() || ms > latest) {
      throw new Unfit(
          "timestamp out of bounds: %s=%s, timestamp-unit=%s, earliest=%d ms, latest=%d ms"
              .formatted(
                  field.name(),
                  Shown.of(node),
                  fields.unit().label(),
                  fields.earliestMs(),
                  latest));
    }
    return ms;
  }

  private long whole(Field field, JsonNode node) throws Unfit {
    String text = node.asText();
    boolean number = node.isIntegralNumber() || node.isTextual();
    if (!number || !WHOLE.matcher(text).matches()) {
      throw new Unfit(
          "timestamp is not a whole number: timestamp-unit=%s, %s=%s"
              .formatted(fields.unit().label(), field.name(), Shown.of(node)));
    }
    try {
      long given = Long.parseLong(text);
      return given < 0 ? given : fields.unit().toMillis(given);
    } catch (NumberFormatException e) {
      return text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static long instant(Field field, JsonNode node) throws Unfit {
    if (node.isTextual()) {
      try {
        return OffsetDateTime.parse(node.textValue()).toInstant().toEpochMilli();
      } catch (DateTimeException | ArithmeticException e) {
        // Said below.
      }
    }
    throw new Unfit(
        "timestamp is no time with an offset, such as 2004-04-15T07:56:49Z: timestamp-unit=iso-8601, %s=%s"
            .formatted(field.name(), Shown.of(node)));
  }

  private float[] features(Event event) throws Unfit {
    List<JsonNode> nodes = new ArrayList<>();
    for (Field field : fields.features()) {
      JsonNode node = present(field, event);
      if (node.isArray()) {
        node.forEach(nodes::add);
      } else {
        nodes.add(node);
      }
    }
    checkCount(nodes.size());
    float[] features = new float[nodes.size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = feature(i, nodes.get(i));
    }
    return features;
  }

  private void checkCount(int found) throws Unfit {
    if (fields.featureCount().isPresent() && found != fields.featureCount().getAsInt()) {
      throw new Unfit(
          "features of another number: found=%d, expected=%d"
              .formatted(found, fields.featureCount().getAsInt()));
    }
    if (found > MOST_FEATURES) {
      throw new Unfit("too many features: found=%d, most=%d".formatted(found, MOST_FEATURES));
    }
  }

  private static float feature(int index, JsonNode node) throws Unfit {
    double value;
    if (node.isNumber()) {
      value = node.doubleValue();
    } else if (node.isTextual() && DECIMAL.matcher(node.textValue()).matches()) {
      value = Double.parseDouble(node.textValue());
    } else {
      throw new Unfit(
          "feature is not a number: index=%d, value=%s".formatted(index, Shown.of(node)));
    }
    float feature = (float) value;
    if (!Float.isFinite(feature)) {
      throw new Unfit("feature is not finite: index=%d, value=%s".formatted(index, Shown.of(node)));
    }
    return feature;
  }

  private static JsonNode present(Field field, Event event) throws Unfit {
    JsonNode node = field.in(event);
    if (node.isMissingNode() || node.isNull()) {
      throw new Unfit("field missing: name=" + field.name());
    }
    return node;
  }
}
