package io.kith.deploy.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an API server would refuse of {@code k8s/}, without one. Custom resources need the
 * operators' definitions: the environment variable {@code OPERATOR_CRDS} names their folder.
 */
class ManifestsTest {
  private static final String CRDS = "OPERATOR_CRDS";
  private static final Set<String> OPERATORS = Set.of("flink.apache.org", "kafka.strimzi.io");

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void everyDocumentIsOfItsType(String folder) throws Exception {
    List<String> faults = new ArrayList<>();
    for (JsonNode document : Manifests.rendered(folder).documents()) {
      if (!isCustom(document)) {
        faults.addAll(
            described(document, KubernetesTypes.faults(document).orElse(List.of("unknown kind"))));
      }
    }

    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void everyCustomResourceIsAsItsOperatorWantsIt(String folder) throws Exception {
    CustomResourceSchemas schemas = schemas();
    List<String> faults = new ArrayList<>();
    for (JsonNode document : Manifests.rendered(folder).documents()) {
      if (isCustom(document)) {
        faults.addAll(
            described(document, schemas.faults(document).orElse(List.of("unknown kind"))));
      }
    }

    assertThat(faults).isEmpty();
  }

  @Test
  void soAreTheExamples() throws Exception {
    CustomResourceSchemas schemas = schemas();
    try (Stream<Path> files = Files.list(Manifests.ROOT.resolve("examples"))) {
      for (Path file : files.toList()) {
        for (JsonNode document : Manifests.read(Files.readString(file)).documents()) {
          assertThat(
                  isCustom(document) ? schemas.faults(document) : KubernetesTypes.faults(document))
              .as(file.toString())
              .contains(List.of());
        }
      }
    }
  }

  /** Kind, and a field of it that is then no longer of its type. */
  @ParameterizedTest
  @CsvSource({
    "ConfigMap, /data",
    "Deployment, /spec/replicas",
    "FlinkDeployment, /spec/job/parallelism",
    "FlinkStateSnapshot, /spec/backoffLimit",
    "KafkaTopic, /spec/partitions",
    "KafkaUser, /spec/authorization/acls",
    "NetworkPolicy, /spec/ingress",
    "PersistentVolumeClaim, /spec/resources",
    "PodDisruptionBudget, /spec/selector",
    "PodMonitor, /spec/podMetricsEndpoints",
    "PrometheusRule, /spec/groups",
    "Service, /spec/ports/0/port",
    "StatefulSet, /spec/replicas"
  })
  void oneBrokenManifestOfAnyKindIsRefused(String kind, String field) throws Exception {
    JsonNode document =
        baseAndSavepoint().filter(d -> Manifests.kind(d).equals(kind)).findFirst().orElseThrow();
    ObjectNode misspelt = document.deepCopy();
    ((ObjectNode) Optional.ofNullable(misspelt.get("spec")).orElse(misspelt)).put("replicaz", 1);
    ObjectNode mistyped = document.deepCopy();
    int slash = field.lastIndexOf('/');
    ((ObjectNode) mistyped.at(field.substring(0, slash))).put(field.substring(slash + 1), "two");

    assertThat(faults(document)).isEmpty();
    assertThat(faults(misspelt)).singleElement().asString().contains("replicaz");
    assertThat(faults(mistyped)).isNotEmpty();
  }

  @Test
  void noKindIsLeftOutOfThat() throws Exception {
    assertThat(baseAndSavepoint().map(Manifests::kind).distinct()).hasSize(13);
  }

  private static Stream<JsonNode> baseAndSavepoint() throws Exception {
    String savepoint = Files.readString(Manifests.ROOT.resolve("examples/savepoint.yaml"));
    return Stream.concat(
        Manifests.rendered("base").documents().stream(),
        Manifests.read(savepoint).documents().stream());
  }

  private static List<String> faults(JsonNode document) throws IOException {
    return (isCustom(document) ? schemas().faults(document) : KubernetesTypes.faults(document))
        .orElseThrow();
  }

  @Test
  void oneMisspeltFieldDeepInAPodIsRefused() throws Exception {
    Manifests base = Manifests.rendered("base");
    ObjectNode serve = base.one("StatefulSet").deepCopy();
    ((ObjectNode) serve.at("/spec/template/spec/containers/0/readinessProbe/httpGet"))
        .put("paht", "/");
    ObjectNode job = base.one("FlinkDeployment").deepCopy();
    ((ObjectNode) job.at("/spec/podTemplate/spec/containers/0/securityContext"))
        .put("readOnlyRootFileSystem", true);

    assertThat(KubernetesTypes.faults(serve).orElseThrow())
        .singleElement()
        .asString()
        .contains("paht");
    assertThat(schemas().faults(job).orElseThrow())
        .singleElement()
        .asString()
        .contains("readOnlyRootFileSystem");
  }

  @Test
  void aWrongValueIsRefusedToo() throws Exception {
    CustomResourceSchemas schemas = schemas();
    Manifests base = Manifests.rendered("base");
    ObjectNode job = base.one("FlinkDeployment").deepCopy();
    ((ObjectNode) job.get("spec")).put("flinkVersion", "v2_9");
    ObjectNode user = base.named("KafkaUser", "kith-job").deepCopy();
    ((ObjectNode) user.at("/spec/authentication")).put("type", "password");

    assertThat(schemas.faults(job).orElseThrow()).hasSize(1).first().asString().contains("v2_2");
    assertThat(schemas.faults(user).orElseThrow()).isNotEmpty();
  }

  private static CustomResourceSchemas schemas() throws IOException {
    String folder = System.getenv(CRDS);
    assumeTrue(
        folder != null && Files.isDirectory(Path.of(folder)),
        "the operators' definitions are not at hand: set " + CRDS + " to their folder");
    return CustomResourceSchemas.read(Path.of(folder));
  }

  private static boolean isCustom(JsonNode document) {
    String version = document.path("apiVersion").asText();
    return OPERATORS.stream().anyMatch(group -> version.startsWith(group + "/"));
  }

  private static List<String> described(JsonNode document, List<String> faults) {
    String where = Manifests.kind(document) + " " + Manifests.name(document) + ": ";
    return faults.stream().map(where::concat).toList();
  }
}
