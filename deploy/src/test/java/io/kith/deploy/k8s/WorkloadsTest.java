package io.kith.deploy.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests say of pods fits together, and no pod may do more than it must. */
class WorkloadsTest {
  private static final Path DOCKER = Path.of("docker");

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void everySelectorFindsPods(String overlay) throws Exception {
    Manifests manifests = Manifests.rendered(overlay);
    List<JsonNode> labels = pods(manifests).map(pod -> pod.at("/metadata/labels")).toList();
    for (JsonNode document : manifests.documents()) {
      String what = Manifests.kind(document) + " " + Manifests.name(document);
      JsonNode selector =
          switch (Manifests.kind(document)) {
            case "Service" -> document.at("/spec/selector");
            case "NetworkPolicy" -> document.at("/spec/podSelector/matchLabels");
            case "Deployment", "StatefulSet", "PodDisruptionBudget", "PodMonitor" ->
                document.at("/spec/selector/matchLabels");
            default -> null;
          };
      if (selector != null) {
        assertThat(selector).as(what).isNotEmpty();
        assertThat(labels).as(what).anyMatch(found -> holds(found, selector));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void everyMountHasItsVolumeAndEveryVolumeItsSource(String overlay) throws Exception {
    Manifests manifests = Manifests.rendered(overlay);
    Set<String> claims = new TreeSet<>();
    manifests.ofKind("PersistentVolumeClaim").map(Manifests::name).forEach(claims::add);
    Set<String> maps = new TreeSet<>();
    manifests.ofKind("ConfigMap").map(Manifests::name).forEach(maps::add);
    for (JsonNode document : manifests.documents()) {
      Set<String> volumes = new TreeSet<>();
      document
          .at("/spec/volumeClaimTemplates")
          .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
      for (JsonNode volume : podTemplate(document).at("/spec/volumes")) {
        volumes.add(volume.get("name").asText());
        if (volume.has("persistentVolumeClaim")) {
          assertThat(claims).contains(volume.at("/persistentVolumeClaim/claimName").asText());
        }
        if (volume.has("configMap")) {
          assertThat(maps).contains(volume.at("/configMap/name").asText());
        }
      }
      for (JsonNode mount : podTemplate(document).at("/spec/containers/0/volumeMounts")) {
        assertThat(volumes).contains(mount.get("name").asText());
      }
    }
  }

  /** Numbers stand for themselves. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void everyPortThatIsNamedIsOneOfAPod(String overlay) throws Exception {
    Manifests manifests = Manifests.rendered(overlay);
    Set<String> ports = new TreeSet<>();
    Set<String> asked = new TreeSet<>();
    for (JsonNode document : manifests.documents()) {
      document.findValues("ports").forEach(list -> ports.addAll(containerPorts(list)));
      document.findValues("targetPort").forEach(port -> asked.add(port.asText()));
      document.findValues("httpGet").forEach(probe -> asked.add(probe.get("port").asText()));
      document.at("/spec/podMetricsEndpoints").forEach(end -> asked.add(end.get("port").asText()));
    }
    asked.removeIf(port -> port.matches("\\d+"));

    assertThat(asked).isNotEmpty().isSubsetOf(ports);
  }

  private static List<String> containerPorts(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.forEach(
        port -> {
          if (port.has("containerPort")) {
            names.add(port.path("name").asText());
          }
        });
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void noPodMayDoMoreThanItMust(String overlay) throws Exception {
    for (JsonNode pod : pods(Manifests.rendered(overlay)).toList()) {
      String name = pod.at("/metadata/labels").toString();
      JsonNode container = pod.at("/spec/containers/0");

      assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).as(name).isTrue();
      assertThat(pod.at("/spec/securityContext/runAsUser").asInt()).as(name).isPositive();
      assertThat(pod.at("/spec/securityContext/seccompProfile/type").asText())
          .as(name)
          .isEqualTo("RuntimeDefault");
      assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
          .as(name)
          .isTrue();
      assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
          .as(name)
          .isFalse();
      assertThat(container.at("/securityContext/capabilities/drop/0").asText())
          .as(name)
          .isEqualTo("ALL");
      assertThat(container.at("/volumeMounts").findValuesAsText("mountPath"))
          .as(name + ": Java wants to write there")
          .contains("/tmp");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void imagesAreThoseThatTheScriptBuilds(String overlay) throws Exception {
    String build = Files.readString(DOCKER.resolve("build"));
    String usual = build.replaceAll("(?s).*VERSION=\\$\\{IMAGE_VERSION:-([0-9.]+)}.*", "$1");
    Set<String> images = new TreeSet<>();
    Manifests manifests = Manifests.rendered(overlay);
    images.add(manifests.one("FlinkDeployment").at("/spec/image").asText());
    pods(manifests)
        .map(pod -> pod.at("/spec/containers/0/image").asText())
        .filter(image -> !image.isEmpty())
        .forEach(images::add);

    assertThat(build).contains("for image in job streams; do");
    assertThat(images).containsExactly("kith/job:" + usual, "kith/streams:" + usual);
    assertThat(Files.readString(DOCKER.resolve("compose.yaml")))
        .contains("image: ${JOB_IMAGE:-kith/job:" + usual + "}")
        .contains("image: ${STREAMS_IMAGE:-kith/streams:" + usual + "}");
  }

  private static Stream<JsonNode> pods(Manifests manifests) {
    List<JsonNode> pods =
        manifests.documents().stream()
            .map(WorkloadsTest::podTemplate)
            .filter(ObjectNode.class::isInstance)
            .toList();
    assertThat(pods).as("the job, serving and quality").hasSize(3);
    return pods.stream();
  }

  private static JsonNode podTemplate(JsonNode document) {
    boolean flink = Manifests.kind(document).equals("FlinkDeployment");
    return document.at(flink ? "/spec/podTemplate" : "/spec/template");
  }

  private static boolean holds(JsonNode labels, JsonNode selector) {
    return StreamSupport.stream(((Iterable<String>) selector::fieldNames).spliterator(), false)
        .allMatch(name -> selector.get(name).equals(labels.get(name)));
  }
}
