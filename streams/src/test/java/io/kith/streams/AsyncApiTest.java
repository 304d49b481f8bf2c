package io.kith.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
  private final JsonNode document = read();

  @Test
  void describesEveryTopicWithItsRecordsAndSchemas() {
    Map<String, String> payloads = new TreeMap<>();
    for (Map.Entry<String, JsonNode> channel : document.get("channels").properties()) {
      assertThat(channel.getValue().get("address").asText())
          .isEqualTo("{prefix}." + channel.getKey());
      channel
          .getValue()
          .get("messages")
          .forEach(
              message -> {
                JsonNode schema = at(at(message).get("payload").path("schema"));
                payloads.merge(
                    channel.getKey(), schema.path("$id").asText(), (a, b) -> (a + " " + b).strip());
              });
    }

    assertThat(document.get("asyncapi").asText()).isEqualTo("3.0.0");
    assertThat(payloads)
        .containsEntry("edges", "urn:kith:schema:interaction")
        .containsEntry("signals", "urn:kith:schema:signal")
        .containsEntry("requests", "urn:kith:schema:request")
        .containsEntry("responses", "urn:kith:schema:response")
        .containsEntry("predictions", "urn:kith:schema:prediction")
        .containsEntry("embeddings", "urn:kith:schema:embedding")
        .containsEntry("recommendations", "urn:kith:schema:recommendation")
        .containsEntry("quality", "urn:kith:schema:quality")
        .containsEntry("alerts", "urn:kith:schema:alert")
        .containsEntry("dead-letter", "");
    assertThat(
            at(at(document.at("/components/messages/letter/headers/schema"))).get("$id").asText())
        .isEqualTo("urn:kith:schema:dead-letter-headers");
  }

  @Test
  void eachTopicIsSentToOrReceivedFromOnceAndEveryReferenceLeadsSomewhere() {
    Set<String> used = new TreeSet<>();
    for (JsonNode operation : document.get("operations")) {
      assertThat(operation.get("action").asText()).isIn("send", "receive");
      assertThat(used.add(operation.at("/channel/$ref").asText())).isTrue();
    }
    assertThat(used).hasSameSizeAs(document.get("channels"));
    int references = 0;
    for (JsonNode reference : document.findValues("$ref")) {
      assertThat(reference.asText()).startsWith("#/");
      assertThat(document.at(reference.asText().substring(1)).isMissingNode())
          .as(reference.asText())
          .isFalse();
      references++;
    }
    assertThat(references).isGreaterThan(20);
  }

  /** What a reference leads to; a node without one is itself. */
  private JsonNode at(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(AsyncApi.document());
    } catch (IOException e) {
      throw new IllegalStateException("no JSON", e);
    }
  }
}
