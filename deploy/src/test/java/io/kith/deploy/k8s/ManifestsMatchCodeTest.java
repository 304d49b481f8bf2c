package io.kith.deploy.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kith.deploy.CommandRun;
import io.kith.deploy.JobMain;
import io.kith.deploy.local.ModelFile;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.model.ModelSizes;
import io.kith.model.WeightsFile;
import io.kith.operators.KithOptions;
import io.kith.operators.StoredRecord;
import io.kith.state.ChronicleNodeStore;
import io.kith.state.RecordLayout;
import io.kith.streams.QualityMain;
import io.kith.streams.intake.IntakeMain;
import io.kith.streams.serve.ServeMain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name, port and setting in {@code k8s/} and {@code deploy/docker/} is one that is known. */
class ManifestsMatchCodeTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path DOCKER = Path.of("docker");

  /** Between two attempts of a job a store may be there twice for a moment. */
  private static final double HEAD_ROOM = 1.4;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void theJobsSettingsAreSoundAndMounted(String overlay) throws Exception {
    Manifests manifests = Manifests.rendered(overlay);
    JsonNode map = manifests.one("ConfigMap");
    JsonNode spec = manifests.one("FlinkDeployment").get("spec");
    Settings settings = settings(map.at("/data/kith.yaml").asText());

    assertThat(settings.get(KithOptions.PARALLELISM))
        .isEqualTo(spec.at("/job/parallelism").asInt());
    JsonNode volume = item(spec.at("/podTemplate/spec/volumes"), "settings");
    assertThat(volume.at("/configMap/name")).isEqualTo(map.at("/metadata/name"));
    JsonNode mount = item(spec.at("/podTemplate/spec/containers/0/volumeMounts"), "settings");
    assertThat(texts(spec.at("/job/args")))
        .containsExactly("--config", mount.get("mountPath").asText() + "/kith.yaml");
    assertThat(spec.at("/podTemplate/spec/enableServiceLinks").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void nodesTimesBytesFitOutsideTheHeap(String overlay) throws Exception {
    Manifests manifests = Manifests.rendered(overlay);
    Settings settings = settings(manifests.one("ConfigMap").at("/data/kith.yaml").asText());
    JsonNode spec = manifests.one("FlinkDeployment").get("spec");
    JsonNode flink = spec.get("flinkConfiguration");
    MemorySize outside =
        MemorySize.parse(flink.get("taskmanager.memory.task.off-heap.size").asText());
    MemorySize all = MemorySize.parse(spec.at("/taskManager/resource/memory").asText());
    double wanted =
        HEAD_ROOM
            * settings.get(KithOptions.NODES)
            * bytesPerNode()
            / settings.get(KithOptions.PARALLELISM);

    assertThat(flink.get("taskmanager.numberOfTaskSlots").asInt()).isEqualTo(1);
    assertThat((double) outside.getBytes()).isGreaterThan(wanted);
    assertThat(outside.getBytes()).as("leaves room for the rest").isLessThan(all.getBytes() / 2);
  }

  @Test
  void theEntryAndItsJarAreThere() throws Exception {
    JsonNode job = Manifests.rendered("base").one("FlinkDeployment").at("/spec/job");

    assertThat(job.get("entryClass").asText()).isEqualTo(JobMain.class.getName());
    assertThat(JobMain.class.getMethod("main", String[].class)).isNotNull();
    assertThat(Files.readString(DOCKER.resolve("job.Dockerfile")))
        .contains(job.get("jarURI").asText().substring("local://".length()));
    assertThat(compose().at("/services/jobmanager/command").asText())
        .contains("--job-classname " + JobMain.class.getName() + " -- --config ");
  }

  @Test
  void theJvmHasTheFlagsOfTheCommandLine() throws Exception {
    String flags =
        Manifests.rendered("base")
            .one("FlinkDeployment")
            .at("/spec/flinkConfiguration")
            .get("env.java.opts.all")
            .asText();
    List<String> wanted =
        Files.readAllLines(Path.of("jvm.options")).stream()
            .filter(line -> line.startsWith("--") || line.startsWith("-D"))
            .toList();

    assertThat(flags.split("\\s+", -1)).containsAll(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void theApplicationsKnowTheirSettings(String overlay) throws Exception {
    Manifests manifests = Manifests.rendered(overlay);
    JsonNode serve = container(manifests.one("StatefulSet"));
    JsonNode quality = container(manifests.named("Deployment", "kith-quality"));

    assertKnown(serve.get("args"), ServeMain.class.getName(), CommandRun.help(ServeMain::main));
    assertKnown(
        quality.get("args"), QualityMain.class.getName(), CommandRun.help(QualityMain::main));
    assertThat(serve.at("/ports/0/containerPort").asInt()).isEqualTo(servingPort());
    assertThat(texts(serve.get("args"))).contains("--listen=0.0.0.0:" + servingPort());
    try (InputStream in = ServeMain.class.getResourceAsStream("openapi.json")) {
      Set<String> paths = new TreeSet<>();
      YAML.readTree(in).get("paths").fieldNames().forEachRemaining(paths::add);
      assertThat(paths)
          .contains(
              serve.at("/startupProbe/httpGet/path").asText(),
              serve.at("/livenessProbe/httpGet/path").asText(),
              serve.at("/readinessProbe/httpGet/path").asText());
    }
  }

  @Test
  void soDoesTheIntakeOfTheExample() throws Exception {
    Path file = Manifests.ROOT.resolve("examples").resolve("intake.yaml");
    JsonNode intake = container(Manifests.read(Files.readString(file)).one("Deployment"));

    assertKnown(intake.get("args"), IntakeMain.class.getName(), CommandRun.help(IntakeMain::main));
  }

  @Test
  void soDoThoseOfCompose() throws Exception {
    JsonNode services = compose().get("services");

    assertKnown(
        services.at("/serve/command"), ServeMain.class.getName(), CommandRun.help(ServeMain::main));
    assertKnown(
        services.at("/quality/command"),
        QualityMain.class.getName(),
        CommandRun.help(QualityMain::main));
    assertKnown(
        services.at("/intake/command"),
        IntakeMain.class.getName(),
        CommandRun.help(IntakeMain::main));
    assertThat(settings(Files.readString(DOCKER.resolve("kith.yaml"))).get(KithOptions.PARALLELISM))
        .as("task managers of one slot each")
        .isEqualTo(2);
  }

  @Test
  void portsAreTheSameWhereverTheyStand() throws Exception {
    Manifests base = Manifests.rendered("base");
    JsonNode flink = base.one("FlinkDeployment").at("/spec/flinkConfiguration");
    int metrics = flink.get("metrics.reporter.prom.port").asInt();
    String reporter = flink.get("metrics.reporter.prom.factory.class").asText();
    JsonNode job = base.named("NetworkPolicy", "kith-job");

    assertThat(job.at("/spec/ingress/2/ports/0/port").asInt()).isEqualTo(metrics);
    assertThat(base.named("NetworkPolicy", "kith-serve").at("/spec/ingress/0/ports/0/port").asInt())
        .isEqualTo(servingPort());
    for (String role : List.of("jobManager", "taskManager")) {
      JsonNode ports =
          base.one("FlinkDeployment").at("/spec/" + role + "/podTemplate/spec/containers/0/ports");
      assertThat(item(ports, "metrics").get("containerPort").asInt()).isEqualTo(metrics);
    }
    assertThat(base.named("PodMonitor", "kith-job").at("/spec/podMetricsEndpoints/0/port").asText())
        .isEqualTo("metrics");
    assertThat(Files.readString(DOCKER.resolve("compose.yaml")))
        .contains("metrics.reporter.prom.factory.class: " + reporter)
        .contains("metrics.reporter.prom.port: " + metrics);
    assertThat(Files.readString(DOCKER.resolve("prometheus/prometheus.yml")))
        .contains("taskmanager-1:" + metrics, "serve:" + servingPort());
  }

  @Test
  void whatIsReferredToIsThere() throws Exception {
    for (String overlay : List.of("base", "overlays/dev", "overlays/prod")) {
      Manifests manifests = Manifests.rendered(overlay);
      Set<String> secrets = new TreeSet<>();
      manifests.documents().forEach(document -> secrets(document, secrets));
      manifests.ofKind("KafkaUser").map(Manifests::name).forEach(secrets::remove);
      // Made by hand, and by Strimzi for its cluster: docs/operations.md names them.
      String page = Files.readString(Path.of("..", "docs", "operations.md"));
      assertThat(secrets).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
      assertThat(manifests.ofKind("Secret")).as("only by reference").isEmpty();
    }
  }

  @Test
  void theAlertsAreThoseOfComposeAndHaveARunbook() throws Exception {
    JsonNode groups = Manifests.rendered("base").one("PrometheusRule").at("/spec/groups");
    JsonNode compose = YAML.readTree(DOCKER.resolve("prometheus/alerts.yml").toFile());
    String page = Files.readString(Path.of("..", "docs", "operations.md"));

    assertThat(groups).isEqualTo(compose.get("groups"));
    for (JsonNode rule : groups.get(0).get("rules")) {
      assertThat(page).contains("### " + rule.get("alert").asText() + "\n");
    }
  }

  private Settings settings(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("kith.yaml"), text);
    return new SettingsLoader(Map.of())
        .load(Optional.of(file), Map.of(), KithOptions.BOOTSTRAP_SERVERS);
  }

  private static long bytesPerNode() throws IOException {
    ModelSizes sizes =
        WeightsFile.read("bundled", new ByteArrayInputStream(ModelFile.bundled())).sizes();
    RecordLayout layout = StoredRecord.layout(sizes);
    try (ChronicleNodeStore store = ChronicleNodeStore.inMemory(layout, 10_000)) {
      return store.bytesPerNode();
    }
  }

  private static JsonNode compose() throws IOException {
    return YAML.readTree(DOCKER.resolve("compose.yaml").toFile());
  }

  private static JsonNode container(JsonNode workload) {
    return workload.at("/spec/template/spec/containers/0");
  }

  private static JsonNode item(JsonNode list, String name) {
    for (JsonNode item : list) {
      if (item.path("name").asText().equals(name)) {
        return item;
      }
    }
    throw new AssertionError("not in the list: name=%s, list=%s".formatted(name, list));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static void assertKnown(JsonNode args, String main, String help) {
    List<String> all = texts(args);

    assertThat(all.get(0)).isEqualTo(main);
    assertThat(all.subList(1, all.size()))
        .allSatisfy(
            flag -> {
              String name = flag.substring(0, flag.indexOf('='));
              assertThat(name.startsWith("--kafka.") || help.contains("  " + name + "\n"))
                  .as(flag)
                  .isTrue();
            });
  }

  private static int servingPort() {
    String help = CommandRun.help(ServeMain::main);
    String usual = help.substring(help.indexOf("127.0.0.1:") + "127.0.0.1:".length());
    return Integer.parseInt(usual.substring(0, 4));
  }

  private static void secrets(JsonNode node, Set<String> into) {
    if (node.has("secretKeyRef")) {
      into.add(node.at("/secretKeyRef/name").asText());
    }
    if (node.has("secretName")) {
      into.add(node.get("secretName").asText());
    }
    node.forEach(child -> secrets(child, into));
  }
}
