package io.kith.deploy.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What compose.yaml says of its services fits together. */
class ComposeTest {
  private static final Path DOCKER = Path.of("docker");

  @Test
  void everyServiceHasAHealthCheck() throws IOException {
    JsonNode services = services();

    assertThat(services).hasSizeGreaterThan(7);
    assertThat(services)
        .allSatisfy(service -> assertThat(service.at("/healthcheck/test/0").asText()).isNotBlank());
  }

  @Test
  void whoListensOnNoPortIsHealthyWhileItHasTheBroker() throws IOException {
    JsonNode services = services();
    for (String service : Set.of("quality", "intake")) {
      String broker =
          services.get(service).get("command").get(1).asText().replaceAll(".*kafka:", "");

      assertThat(services.get(service).at("/healthcheck/test/3").asText())
          .contains(":%04X 01 ".formatted(Integer.parseInt(broker)));
    }
  }

  @Test
  void healthIsAskedWhereEachServiceListens() throws IOException {
    JsonNode services = services();
    for (String service : Set.of("kafka", "jobmanager", "serve", "prometheus", "grafana")) {
      String published = services.get(service).at("/ports/0").asText();
      String port = published.substring(published.lastIndexOf(':') + 1);

      assertThat(services.get(service).at("/healthcheck/test").toString())
          .containsPattern("localhost[:/]" + port);
    }
  }

  @Test
  void prometheusAsksEveryServiceThatHasMetrics() throws IOException {
    JsonNode scraped = yaml("prometheus/prometheus.yml").get("scrape_configs");
    Set<String> targets = new TreeSet<>();
    scraped.forEach(
        job -> job.at("/static_configs/0/targets").forEach(t -> targets.add(t.asText())));

    assertThat(targets)
        .containsExactly(
            "jobmanager:9249", "serve:8480", "taskmanager-1:9249", "taskmanager-2:9249");
    assertThat(services().fieldNames())
        .toIterable()
        .containsAll(targets.stream().map(target -> target.replaceAll(":.*", "")).toList());
  }

  @Test
  void grafanaFindsItsDashboardsWhereTheyAreMounted() throws IOException {
    JsonNode grafana = services().get("grafana");
    String folder =
        yaml("grafana/provisioning/dashboards/kith.yml").at("/providers/0/options/path").asText();
    String home =
        grafana.at("/environment").get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").asText();

    assertThat(grafana.get("volumes").toString()).contains("/grafana/dashboards:" + folder + ":ro");
    assertThat(home).startsWith(folder + "/");
    assertThat(DOCKER.resolve("grafana/dashboards").resolve(home.substring(folder.length() + 1)))
        .exists();
  }

  private static JsonNode services() throws IOException {
    return yaml("compose.yaml").get("services");
  }

  /** Aliases and merges resolved. */
  private static JsonNode yaml(String file) throws IOException {
    Object read = new Yaml().load(Files.readString(DOCKER.resolve(file)));
    return new ObjectMapper().valueToTree(read);
  }
}
