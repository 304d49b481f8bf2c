package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Set;

/** Holds an instance's answers against the OpenAPI document that it serves. */
record ApiContract(Instance instance) {
  /** An answer as the document promises it. */
  JsonNode ok(String route, String path) {
    return answer(route, instance.get(path), 200);
  }

  /** A problem document as promised. */
  JsonNode problem(String route, HttpResponse<String> response, int status) {
    return answer(route, response, status);
  }

  private JsonNode answer(String route, HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    conforms(route, "get", response);
    return Instance.json(response);
  }

  /** Status, media type and body must be among those of the route. */
  void conforms(String route, String method, HttpResponse<String> response) {
    JsonNode document = document();
    JsonNode answer =
        document
            .get("paths")
            .get(route)
            .get(method)
            .get("responses")
            .get("" + response.statusCode());
    assertThat(answer).as("%s %d", route, response.statusCode()).isNotNull();
    if (answer.has("$ref")) {
      answer = document.at(answer.get("$ref").asText().substring(1));
    }
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    assertThat(answer.get("content").has(type)).as(type).isTrue();
    ObjectNode schema = document.deepCopy();
    schema.setAll((ObjectNode) answer.get("content").get(type).get("schema"));
    Set<ValidationMessage> faults =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(schema)
            .validate(Instance.json(response));
    assertThat(faults).as(response.body()).isEmpty();
  }

  private static JsonNode document() {
    try {
      return new JsonMapper().readTree(OpenApi.document());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
