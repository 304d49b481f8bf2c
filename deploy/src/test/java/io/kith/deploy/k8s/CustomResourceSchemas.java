package io.kith.deploy.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The schemas of operators' custom resources, from their definitions, as an API server with strict
 * field validation applies them: what a schema does not name is refused.
 */
final class CustomResourceSchemas {
  private static final List<String> EVERYWHERE = List.of("apiVersion", "kind", "metadata");
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().nullableKeywordEnabled(true).build();

  /** By apiVersion, slash and kind. */
  private final Map<String, JsonSchema> schemas = new HashMap<>();

  private CustomResourceSchemas() {}

  /** Reads every definition in a folder. */
  static CustomResourceSchemas read(Path folder) throws IOException {
    CustomResourceSchemas all = new CustomResourceSchemas();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        for (JsonNode definition : Manifests.read(Files.readString(file)).documents()) {
          all.add(definition);
        }
      }
    }
    return all;
  }

  private void add(JsonNode definition) {
    String group = definition.at("/spec/group").asText();
    String kind = definition.at("/spec/names/kind").asText();
    for (JsonNode version : definition.at("/spec/versions")) {
      ObjectNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
      // Every resource has them, whether its definition says so or not.
      ObjectNode fields = (ObjectNode) schema.get("properties");
      EVERYWHERE.forEach(name -> fields.putIfAbsent(name, schema.objectNode()));
      close(schema);
      schemas.put(
          group + "/" + version.get("name").asText() + "/" + kind,
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema, CONFIG));
    }
  }

  /** Refuses unknown fields of every object whose fields are named. */
  private static void close(JsonNode schema) {
    boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    if (schema.has("properties") && !schema.has("additionalProperties") && !open) {
      ((ObjectNode) schema).put("additionalProperties", false);
    }
    schema.path("properties").forEach(CustomResourceSchemas::close);
    if (schema.path("items").isObject()) {
      close(schema.get("items"));
    }
    if (schema.path("additionalProperties").isObject()) {
      close(schema.get("additionalProperties"));
    }
  }

  /** The faults of a document; empty where no schema is known for its kind. */
  Optional<List<String>> faults(JsonNode document) {
    String id = document.path("apiVersion").asText() + "/" + Manifests.kind(document);
    return Optional.ofNullable(schemas.get(id))
        .map(
            schema ->
                schema.validate(document).stream().map(ValidationMessage::getMessage).toList());
  }
}
