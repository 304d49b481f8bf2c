package io.kith.deploy.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards and alerts ask for metrics that docs/metrics.md has, and which tests hold true. */
class WatchingTest {
  private static final Path DOCKER = Path.of("docker");
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:flink|kith|kafka|jvm|process)_[a-zA-Z0-9_]+");

  @Test
  void everyMetricOfAPanelOrAnAlertIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    List<String> queries = new ArrayList<>(alertQueries());
    queries.addAll(panelQueries());
    Set<String> asked = new TreeSet<>();
    for (String query : queries) {
      Matcher metric = METRIC.matcher(query);
      while (metric.find()) {
        asked.add(metric.group());
      }
    }

    assertThat(asked)
        .hasSizeGreaterThan(30)
        .allSatisfy(name -> assertThat(page).contains(row(name)));
  }

  /** Those of the operators stand there by their own names, under one heading. */
  private static String row(String metric) {
    String operators = "flink_taskmanager_job_task_operator_";
    return "`" + metric.replace(operators, "") + "`";
  }

  @Test
  void everyPanelSaysWhatItShows() throws IOException {
    Set<String> titles = new TreeSet<>();
    for (JsonNode panel : panels()) {
      assertThat(panel.get("description").asText()).as(panel.get("title").asText()).isNotBlank();
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
      assertThat(panel.at("/datasource/uid").asText()).isEqualTo("prometheus");
      titles.add(panel.get("title").asText());
    }

    assertThat(titles)
        .contains(
            "Window lag",
            "Interactions and outputs",
            "Lap time",
            "Late and refused",
            "Checkpoint duration",
            "Checkpoint size",
            "Store load",
            "Quality: mean reciprocal rank",
            "Consumer lag");
  }

  @Test
  void alertsFireOnWhatTheyAreForAndOnNothingNearIt() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "promtool"))),
        "promtool is not installed (Debian: prometheus)");
    Path tests = Path.of("src", "test", "prometheus", "alerts-test.yml");
    Process promtool =
        new ProcessBuilder("promtool", "test", "rules", tests.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(promtool.waitFor()).as(said).isZero();
    String text = Files.readString(tests);
    for (JsonNode rule : rules()) {
      String name = rule.get("alert").asText();
      assertThat(text).contains("name: " + name + " fires", "name: " + name + " is quiet");
    }
  }

  private static JsonNode rules() throws IOException {
    return new YAMLMapper()
        .readTree(DOCKER.resolve("prometheus/alerts.yml").toFile())
        .at("/groups/0/rules");
  }

  private static List<String> alertQueries() throws IOException {
    List<String> queries = new ArrayList<>();
    rules().forEach(rule -> queries.add(rule.get("expr").asText()));
    return queries;
  }

  private static List<String> panelQueries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : panels()) {
      panel.get("targets").forEach(target -> queries.add(target.get("expr").asText()));
    }
    return queries;
  }

  private static List<JsonNode> panels() throws IOException {
    List<JsonNode> panels = new ArrayList<>();
    try (Stream<Path> files = Files.list(DOCKER.resolve("grafana/dashboards"))) {
      for (Path file : files.sorted().toList()) {
        new ObjectMapper().readTree(file.toFile()).get("panels").forEach(panels::add);
      }
    }
    return panels;
  }
}
