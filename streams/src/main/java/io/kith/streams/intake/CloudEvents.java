package io.kith.streams.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * CloudEvents 1.0 by its Kafka binding. Structured: the header {@code content-type} begins with
 * {@code application/cloudevents} and the value is the event. Binary: the attributes are headers
 * {@code ce_...} and the value is the data. The data is the body; it must be a JSON object.
 *
 * <p>A value without any of these headers is taken for a structured one, which then must say its
 * {@code specversion} itself.
 */
final class CloudEvents implements EventFormat {
  private static final String STRUCTURED = "application/cloudevents";
  private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

  /** What fields may be read from, of the attributes of a binary event. */
  private static final List<String> ATTRIBUTES =
      List.of("specversion", "id", "source", "type", "subject", "time");

  @Override
  public Event open(byte[] key, byte[] value, Function<String, String> headers) throws Unfit {
    String contentType = headers.apply("content-type");
    boolean structured = contentType != null && isOf(contentType, STRUCTURED);
    return structured || (contentType == null && headers.apply("ce_specversion") == null)
        ? structured(value, contentType)
        : binary(value, headers, contentType);
  }

  private static Event structured(byte[] value, String contentType) throws Unfit {
    if (contentType != null && !isOf(contentType, STRUCTURED + "+json")) {
      throw new Unfit("only JSON is read: content-type=" + Shown.of(contentType));
    }
    JsonNode event = ForeignJson.object(value);
    String id = checkedId(event);
    JsonNode type = event.path("datacontenttype");
    if (!type.isMissingNode() && !type.isNull()) {
      requireJson("datacontenttype", type.asText());
    }
    JsonNode data = event.path("data");
    if (event.hasNonNull("data_base64")) {
      data = ForeignJson.object(decoded(event.get("data_base64")));
    }
    if (!data.isObject()) {
      throw new Unfit("data is not a JSON object: data=" + data.getNodeType());
    }
    return new Event(event, data, Optional.of(id));
  }

  private static byte[] decoded(JsonNode base64) throws Unfit {
    try {
      return Base64.getDecoder().decode(base64.asText());
    } catch (IllegalArgumentException e) {
      throw new Unfit("data_base64 is not Base64: length=" + base64.asText().length());
    }
  }

  private static Event binary(byte[] value, Function<String, String> headers, String contentType)
      throws Unfit {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    for (String attribute : ATTRIBUTES) {
      String text = headers.apply("ce_" + attribute);
      if (text != null) {
        event.put(attribute, text);
      }
    }
    String id = checkedId(event);
    if (contentType != null) {
      requireJson("content-type", contentType);
    }
    JsonNode data = ForeignJson.object(value);
    event.set("data", data);
    return new Event(event, data, Optional.of(id));
  }

  /** Source and id together name an event; neither does alone. */
  private static String checkedId(JsonNode event) throws Unfit {
    for (String attribute : REQUIRED) {
      JsonNode text = event.path(attribute);
      if (!text.isTextual() || text.textValue().isEmpty()) {
        throw new Unfit("no CloudEvent: %s=%s".formatted(attribute, Shown.of(text)));
      }
    }
    String version = event.get("specversion").textValue();
    if (!version.equals("1.0")) {
      throw new Unfit("CloudEvent of another version: specversion=%s".formatted(Shown.of(version)));
    }
    return EventId.joined(List.of(event.get("source").textValue(), event.get("id").textValue()));
  }

  private static void requireJson(String name, String contentType) throws Unfit {
    String type = mediaType(contentType);
    if (!type.endsWith("/json") && !type.endsWith("+json")) {
      throw new Unfit("data is not JSON: %s=%s".formatted(name, Shown.of(contentType)));
    }
  }

  private static boolean isOf(String contentType, String type) {
    String found = mediaType(contentType);
    return found.equals(type) || (found.startsWith(type + "+") && !type.contains("+"));
  }

  private static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
