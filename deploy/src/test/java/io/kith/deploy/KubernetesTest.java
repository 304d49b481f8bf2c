package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.operators.KithOptions;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code k8s/} says, as far as it can be held to account without a cluster. */
class KubernetesTest {
  private static final Path BASE = Path.of("..", "k8s", "base");
  private static final YAMLMapper YAML = new YAMLMapper();

  @TempDir Path folder;

  @Test
  void rendersADeploymentThatMountsTheSettings() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "kubectl"))),
        "kubectl is not installed (Debian: kubernetes-client)");
    Path rendered = folder.resolve("rendered.yaml");
    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", BASE.toString())
            .redirectOutput(rendered.toFile())
            .redirectErrorStream(true)
            .start();

    assertThat(kubectl.waitFor()).as(Files.readString(rendered)).isZero();
    Map<String, JsonNode> byKind = new HashMap<>();
    YAML.readerFor(JsonNode.class)
        .<JsonNode>readValues(rendered.toFile())
        .forEachRemaining(document -> byKind.put(document.get("kind").asText(), document));
    assertThat(byKind).containsOnlyKeys("ConfigMap", "FlinkDeployment");
    JsonNode settings = byKind.get("ConfigMap");
    assertThat(settings.get("data").get("kith.yaml").asText())
        .isEqualTo(Files.readString(BASE.resolve("kith.yaml")));
    JsonNode pod = byKind.get("FlinkDeployment").get("spec").get("podTemplate").get("spec");
    assertThat(pod.at("/volumes/0/configMap/name")).isEqualTo(settings.at("/metadata/name"));
    assertThat(pod.get("enableServiceLinks").asBoolean(true)).isFalse();
  }

  @Test
  void itsSettingsAreKnownAndSound() throws Exception {
    Settings settings =
        new SettingsLoader(Map.of())
            .load(Optional.of(BASE.resolve("kith.yaml")), Map.of(), KithOptions.BOOTSTRAP_SERVERS);

    assertThat(settings.get(KithOptions.PARALLELISM))
        .isEqualTo(deployment().at("/spec/job/parallelism").asInt());
  }

  @Test
  void itsEntryClassIsThere() throws Exception {
    JsonNode job = deployment().at("/spec/job");

    assertThat(job.get("entryClass").asText()).isEqualTo(JobMain.class.getName());
    assertThat(JobMain.class.getMethod("main", String[].class)).isNotNull();
    assertThat(job.get("args").toString()).isEqualTo("[\"--config\",\"/opt/kith/kith.yaml\"]");
  }

  @Test
  void itsJvmHasTheFlagsOfTheCommandLine() throws IOException {
    String flags = deployment().at("/spec/flinkConfiguration").get("env.java.opts.all").asText();

    Files.readAllLines(Path.of("jvm.options"), StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("--") || line.contains("chronicle"))
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> assertThat(flags).contains(line));
  }

  private static JsonNode deployment() throws IOException {
    return YAML.readTree(BASE.resolve("flinkdeployment.yaml").toFile());
  }
}
