package io.kith.deploy.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

  /** As {@code kubectl kustomize} renders a folder; without kubectl the test is skipped. */
  public static Manifests rendered(String folder) throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "kubectl"))),
        "kubectl is not installed (Debian: kubernetes-client)");
    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", ROOT.resolve(folder).toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kubectl.waitFor()).as(said).isZero();
    return read(said);
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
