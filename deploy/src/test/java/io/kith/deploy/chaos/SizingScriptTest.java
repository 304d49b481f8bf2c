package io.kith.deploy.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kith.deploy.local.ModelFile;
import io.kith.model.ModelSizes;
import io.kith.model.WeightsFile;
import io.kith.operators.StoredRecord;
import io.kith.state.ChronicleNodeStore;
import io.kith.state.RecordLayout;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** {@code deploy/ops/sizing} says what Flink and the stores then do. */
class SizingScriptTest {
  private static final String OFF_HEAP = "taskmanager.memory.task.off-heap.size";
  private static final String PROCESS = "taskmanager.memory.process.size";
  private static final Pattern BYTES = Pattern.compile("# 1000000 nodes x (\\d+) bytes = ");

  /** A row of the table: nodes, task managers, off-heap memory and all memory of each. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| ([\\d,]+) \\| ([\\d,]+) \\| (\\d+) \\| [\\d.]+ GB \\| `(\\w+)` \\| `(\\w+)` \\|$");

  @Test
  void itSaysSettingsOfTheJobAndOfFlink() throws Exception {
    assertThat(settings("1000000", "5000"))
        .containsEntry("nodes", "1000000")
        .containsEntry("parallelism", "2")
        .containsEntry("taskmanager.numberOfTaskSlots", "1")
        .containsEntry(OFF_HEAP, "1500m")
        .containsEntry(PROCESS, "5500m")
        .hasSize(6);
  }

  @Test
  void aNodeTakesAsManyBytesAsInItsStore() throws Exception {
    ModelSizes sizes =
        WeightsFile.read("bundled", new ByteArrayInputStream(ModelFile.bundled())).sizes();
    RecordLayout layout = StoredRecord.layout(sizes);
    Matcher said = BYTES.matcher(OpsScript.run("sizing", List.of("1000000", "1")).get(0));

    assertThat(said.lookingAt()).isTrue();
    try (ChronicleNodeStore store = ChronicleNodeStore.inMemory(layout, 10_000)) {
      assertThat(Long.parseLong(said.group(1)))
          .isCloseTo(store.bytesPerNode(), within(layout.length() / 50L));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 10",
    "100000, 1000",
    "1000000, 50000",
    "10000000, 80000",
    "100000000, 1000000",
  })
  void flinkLeavesAGibibyteOfHeapAndTheStoresTheirMemory(String nodes, String rate)
      throws Exception {
    Map<String, String> said = settings(nodes, rate);
    Configuration flink = Configuration.fromMap(said);
    flink.setString("taskmanager.cpu.cores", "1");
    TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(flink);
    long managers = Long.parseLong(said.get("parallelism"));

    assertThat(spec.getTaskHeapSize()).isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(1024));
    assertThat(spec.getTaskHeapSize()).as("no more").isLessThan(MemorySize.ofMebiBytes(1200));
    assertThat((double) spec.getTaskOffHeapSize().getBytes())
        .isGreaterThan(1.4 * Long.parseLong(nodes) * 2_000 / managers);
    assertThat(spec.getTaskOffHeapSize().getBytes()).isLessThan(5L << 30);
  }

  @Test
  void thePageHasTheSame() throws Exception {
    Matcher row = ROW.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
    int rows = 0;
    while (row.find()) {
      Map<String, String> said =
          settings(row.group(1).replace(",", ""), row.group(2).replace(",", ""));
      assertThat(said)
          .containsEntry("parallelism", row.group(3))
          .containsEntry(OFF_HEAP, row.group(4))
          .containsEntry(PROCESS, row.group(5));
      rows++;
    }
    assertThat(rows).isEqualTo(3);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> OpsScript.run("sizing", List.of("many", "1")))
        .hasMessageContaining("script failed");
    assertThatThrownBy(() -> OpsScript.run("sizing", List.of("1000", "50000", "2")))
        .hasMessageContaining("script failed");
  }

  private static Map<String, String> settings(String... arguments) throws Exception {
    String said = String.join("\n", OpsScript.run("sizing", List.of(arguments)));
    Map<String, Object> read = new Yaml().load(said);
    return read.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
  }
}
