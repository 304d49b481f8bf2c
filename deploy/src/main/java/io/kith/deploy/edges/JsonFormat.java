package io.kith.deploy.edges;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.model.Interaction;
import java.util.Locale;

/** One JSON object a line: {@code source}, {@code target}, {@code timestamp}, {@code features}. */
final class JsonFormat implements LineFormat {
  private final ObjectMapper json = new ObjectMapper();

  @Override
  public Interaction parse(String line) {
    JsonNode object = read(line);
    if (!object.isObject()) {
      throw new IllegalArgumentException(
          "not an object: type=" + object.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    JsonNode time = object.path("timestamp");
    if (!time.isIntegralNumber() || !time.canConvertToLong()) {
      throw new IllegalArgumentException("timestamp is not a whole number: timestamp=" + time);
    }
    return new Interaction(
        id("source", object.path("source")),
        id("target", object.path("target")),
        time.longValue(),
        features(object.path("features")));
  }

  private JsonNode read(String line) {
    try {
      return json.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not JSON (%s): column=%d"
              .formatted(
                  e.getOriginalMessage().lines().findFirst().orElse(""),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr()),
          e);
    }
  }

  private static String id(String name, JsonNode value) {
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw new IllegalArgumentException(
          name + " is neither text nor a whole number: " + name + "=" + value);
    }
    return Numbers.id(name, value.asText());
  }

  private static float[] features(JsonNode array) {
    if (!array.isMissingNode() && !array.isNull() && !array.isArray()) {
      throw new IllegalArgumentException("features is not an array: features=" + array);
    }
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Numbers.feature(array.get(i).isNumber() ? array.get(i).asText() : "?", i);
    }
    return values;
  }
}
