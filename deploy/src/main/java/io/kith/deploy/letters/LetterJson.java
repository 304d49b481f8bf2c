package io.kith.deploy.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A letter as a line of JSON, to be repaired with any editor and sent in again. Bytes that are not
 * UTF-8 are in Base64, under a name that ends in {@code Base64}.
 */
final class LetterJson {
  private static final String BASE64 = "Base64";
  private static final ObjectMapper JSON = new ObjectMapper();

  private LetterJson() {}

  static String write(Letter letter) {
    ObjectNode line = JSON.createObjectNode();
    line.put("letter", letter.place().toString());
    line.put("reason", letter.reason());
    line.put("stage", letter.stage());
    line.put("topic", letter.topic());
    line.put("origin", letter.origin().toString());
    line.put("timestamp", letter.timestamp());
    if (letter.leftOut()) {
      line.put("leftOut", true);
    }
    ArrayNode headers = line.putArray("headers");
    for (Header header : letter.headers()) {
      put(headers.addObject().put("name", header.key()), "value", header.value());
    }
    put(line, "key", letter.key());
    put(line, "value", letter.value());
    return line.toString();
  }

  private static void put(ObjectNode line, String name, byte[] bytes) {
    if (bytes == null) {
      line.putNull(name);
      return;
    }
    Optional<String> text = Bytes.text(bytes);
    if (text.isPresent()) {
      line.put(name, text.get());
    } else {
      line.put(name + BASE64, Base64.getEncoder().encodeToString(bytes));
    }
  }

  /**
   * Reads a line back, whatever its value has become.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static Letter read(String text) {
    JsonNode line;
    try {
      line = JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a line of JSON: length=" + text.length(), e);
    }
    List<Header> headers = new ArrayList<>();
    for (JsonNode header : line.path("headers")) {
      headers.add(new RecordHeader(header.path("name").asText(), bytes(header, "value")));
    }
    return new Letter(
        place(line, "letter"),
        line.path("timestamp").asLong(),
        line.path("reason").asText(),
        line.path("stage").asText(),
        line.path("topic").asText(),
        place(line, "origin"),
        line.path("leftOut").asBoolean(),
        headers,
        bytes(line, "key"),
        bytes(line, "value"));
  }

  private static Place place(JsonNode line, String name) {
    String text = line.path(name).asText();
    return text.equals(Place.UNKNOWN.toString())
        ? Place.UNKNOWN
        : Place.parse(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no place, as partition/offset: %s=%s".formatted(name, text)));
  }

  private static byte[] bytes(JsonNode line, String name) {
    if (line.hasNonNull(name)) {
      JsonNode value = line.get(name);
      // Somebody may have written the record itself, rather than its text.
      return (value.isTextual() ? value.textValue() : value.toString()).getBytes(UTF_8);
    }
    if (!line.hasNonNull(name + BASE64)) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(line.get(name + BASE64).asText());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not Base64: name=" + name + BASE64, e);
    }
  }
}
