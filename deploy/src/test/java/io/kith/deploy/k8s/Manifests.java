package io.kith.deploy.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code k8s/} says, one document each.
 *
 * @param documents in the order of the text
 */
public record Manifests(List<JsonNode> documents) {
  static final Path ROOT = Path.of("..", "k8s");
  private static final YAMLMapper YAML = new YAMLMapper();

  public Manifests {
    documents = List.copyOf(documents);
  }

  public static Manifests read(String text) throws IOException {
    return new Manifests(YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll());
  }

  /** As {@code kubectl kustomize} renders a folder; where it cannot, the test is skipped. */
  public static Manifests rendered(String folder) throws IOException, InterruptedException {
    return read(Kubectl.kustomize(ROOT.resolve(folder)));
  }

  public Stream<JsonNode> ofKind(String kind) {
    return documents.stream().filter(document -> kind(document).equals(kind));
  }

  JsonNode one(String kind) {
    List<JsonNode> all = ofKind(kind).toList();
    assertThat(all).as(kind).hasSize(1);
    return all.get(0);
  }

  public JsonNode named(String kind, String name) {
    return ofKind(kind)
        .filter(document -> name(document).equals(name))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no such document: kind=%s, name=%s".formatted(kind, name)));
  }

  static String kind(JsonNode document) {
    return document.path("kind").asText();
  }

  public static String name(JsonNode document) {
    return document.at("/metadata/name").asText();
  }
}
