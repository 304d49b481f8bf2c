package io.kith.deploy.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.rest.messages.ClusterOverviewHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink has the settings, ports and paths that the manifests and compose.yaml name. */
class FlinkSettingsTest {
  private static final String REPORTER = "metrics.reporter.prom.";

  /** Not Flink's: of its operator for Kubernetes, and of the reporter itself. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "kubernetes.operator.savepoint.history.max.count",
          "kubernetes.operator.snapshot.resource.enabled",
          REPORTER + "port");

  /** As Flink sets it on Kubernetes; elsewhere it is a port of the moment. */
  private static final int TASK_MANAGER_RPC_PORT = 6122;

  private final Map<String, ConfigOption<?>> known = known();

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void flinkKnowsEverySettingAndTakesItsValue(String overlay) throws Exception {
    Map<String, String> settings = new HashMap<>();
    Manifests.rendered(overlay)
        .one("FlinkDeployment")
        .at("/spec/flinkConfiguration")
        .properties()
        .forEach(setting -> settings.put(setting.getKey(), setting.getValue().asText()));

    assertThat(settings).hasSizeGreaterThan(10);
    assertKnown(settings);
  }

  @Test
  void soItDoesThoseOfCompose() throws Exception {
    JsonNode compose =
        new YAMLMapper()
            .readTree(Path.of("docker", "compose.yaml").toFile())
            .get("x-flink-properties");
    Map<String, String> settings = new HashMap<>();
    for (String line : compose.get("FLINK_PROPERTIES").asText().split("\n", -1)) {
      if (!line.isEmpty()) {
        String[] setting = line.split(": ", 2);
        settings.put(setting[0], setting[1]);
      }
    }

    assertThat(settings).hasSizeGreaterThan(5);
    assertKnown(settings);
  }

  @Test
  void probesAndPoliciesAskFlinkWhereItAnswers() throws Exception {
    Manifests base = Manifests.rendered("base");
    JsonNode spec = base.one("FlinkDeployment").get("spec");
    JsonNode jobManager = spec.at("/jobManager/podTemplate/spec/containers/0");
    int rest = RestOptions.PORT.defaultValue();

    for (String probe : List.of("startupProbe", "readinessProbe")) {
      assertThat(jobManager.get(probe).at("/httpGet/port").asInt()).isEqualTo(rest);
      assertThat(jobManager.get(probe).at("/httpGet/path").asText())
          .isEqualTo(ClusterOverviewHeaders.URL);
    }
    assertThat(jobManager.at("/livenessProbe/tcpSocket/port").asInt())
        .isEqualTo(JobManagerOptions.PORT.defaultValue());
    assertThat(
            spec.at("/taskManager/podTemplate/spec/containers/0/livenessProbe/tcpSocket/port")
                .asInt())
        .isEqualTo(TASK_MANAGER_RPC_PORT);
    assertThat(base.named("NetworkPolicy", "kith-job").at("/spec/ingress/1/ports/0/port").asInt())
        .isEqualTo(rest);
  }

  private void assertKnown(Map<String, String> settings) {
    Configuration flink = Configuration.fromMap(settings);
    for (String name : settings.keySet()) {
      if (!OF_OTHERS.contains(name)) {
        ConfigOption<?> option = known.get(name.replace(REPORTER, ""));
        assertThat(option).as(name).isNotNull();
        assertThatCode(() -> flink.getOptional(option)).as(name).doesNotThrowAnyException();
      }
    }
  }

  /** By name; the reporters' without their first part. */
  private static Map<String, ConfigOption<?>> known() {
    Map<String, ConfigOption<?>> known = new HashMap<>();
    List<Class<?>> all =
        List.of(
            CheckpointingOptions.class,
            CoreOptions.class,
            HighAvailabilityOptions.class,
            JobManagerOptions.class,
            MetricOptions.class,
            RestartStrategyOptions.class,
            TaskManagerOptions.class,
            WebOptions.class);
    for (Class<?> options : all) {
      for (Field field : options.getFields()) {
        if (field.getType() == ConfigOption.class) {
          ConfigOption<?> option = value(field);
          known.put(option.key(), option);
        }
      }
    }
    return known;
  }

  private static ConfigOption<?> value(Field field) {
    try {
      return (ConfigOption<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a public field: field=" + field, e);
    }
  }
}
