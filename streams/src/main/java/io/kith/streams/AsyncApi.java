package io.kith.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of Kith's topics, {@code schema/asyncapi.json}. */
public final class AsyncApi {
  private static final String SUFFIX = ".schema.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private AsyncApi() {}

  /** AsyncAPI 3.0 in JSON, with the schemas that it refers to in it. */
  public static byte[] document() {
    JsonNode document = resource("asyncapi.json");
    ObjectNode schemas = JSON.createObjectNode();
    bundle(document, schemas);
    ((ObjectNode) document.get("components")).set("schemas", schemas);
    try {
      return JSON.writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException("not written: resource=asyncapi.json", e);
    }
  }

  private static void bundle(JsonNode node, ObjectNode schemas) {
    String file = node.path("$ref").asText();
    if (file.endsWith(SUFFIX)) {
      String name = file.substring(0, file.length() - SUFFIX.length());
      ((ObjectNode) node).put("$ref", "#/components/schemas/" + name);
      schemas.set(name, resource(file));
    } else {
      node.forEach(child -> bundle(child, schemas));
    }
  }

  private static JsonNode resource(String name) {
    try (InputStream in = AsyncApi.class.getResourceAsStream("/schema/" + name)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: resource=" + name);
      }
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("not readable: resource=" + name, e);
    }
  }
}
