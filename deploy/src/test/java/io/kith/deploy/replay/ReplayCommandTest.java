package io.kith.deploy.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.deploy.CommandRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {
  private static final List<String> FILES =
      List.of("scores", "pair-scores", "embeddings", "records");

  private static final double TOLERANCE = 1e-5;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "uci, 1000, -W1000",
    "uci, 3600000, -W3600000",
    "tiny, 0, ''",
    "odd, 1000, ''",
    "wide, 60000, ''",
    "nohop2, 0, ''"
  })
  void writesTheFilesOfTheSpecification(String golden, String window, String suffix)
      throws Exception {
    CommandRun run =
        replay(
            golden,
            "--window-ms",
            window,
            "--pairs",
            golden(golden, "pairs.csv.gz"),
            "--scores",
            path("scores"),
            "--pair-scores",
            path("pair-scores"),
            "--embeddings",
            path("embeddings"),
            "--records",
            path("records"));

    assertThat(run.exit()).as(run.text()).isZero();
    for (String file : FILES) {
      assertAgree(golden, file, file + suffix);
    }
  }

  @ParameterizedTest
  @CsvSource({"uci, 3600000, -W3600000, 2", "odd, 1000, '', 1"})
  @Timeout(180)
  void theWholeJobWritesTheSameBytesAsItsLapsAlone(
      String golden, String window, String suffix, String parallelism) throws Exception {
    String[] flags = {
      "--window-ms", window,
      "--scores", path("scores"),
      "--pairs", golden(golden, "pairs.csv.gz"),
      "--pair-scores", path("pair-scores"),
      "--embeddings", path("embeddings"),
      "--records", path("records")
    };
    assertThat(replay(golden, flags).exit()).isZero();
    Map<String, byte[]> written = new HashMap<>();
    for (String file : FILES) {
      written.put(file, Files.readAllBytes(folder.resolve(file)));
      Files.delete(folder.resolve(file));
    }

    CommandRun run = replay(golden, with(flags, "--engine", "flink", "--parallelism", parallelism));

    assertThat(run.exit()).as(run.text()).isZero();
    for (String file : FILES) {
      assertAgree(golden, file, file + suffix);
      assertThat(folder.resolve(file)).hasBinaryContent(written.get(file));
    }
  }

  @Test
  void figuresAreForProgramsToo() throws Exception {
    CommandRun run =
        replay("uci", "--limit", "500", "--parallelism", "2", "--json", path("figures.json"));

    assertThat(run.text()).startsWith("Replayed 500 interactions of ");
    JsonNode figures = new ObjectMapper().readTree(folder.resolve("figures.json").toFile());
    assertThat(figures.get("engine").asText()).isEqualTo("direct");
    assertThat(figures.get("interactions").asInt()).isEqualTo(500);
    assertThat(figures.get("parallelism").asInt()).isEqualTo(2);
    assertThat(figures.get("interactionsPerSecond").asDouble()).isPositive();
  }

  @Test
  void allWrongFlagsAreListedAtOnce() throws Exception {
    CommandRun run =
        replay(
            "uci",
            "--engine",
            "flink",
            "--pairs",
            "p.csv",
            "--window-ms",
            "-1",
            "--parallelism",
            "0");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.text().lines())
        .contains(
            "--pairs and --pair-scores go together: pairs=p.csv, pair-scores=null",
            "window negative: window-ms=-1, least=0",
            "parallelism out of bounds: parallelism=0, least=1, most=128");
  }

  @Test
  void interactionsMustHaveTheFeaturesOfTheModel() throws Exception {
    Path edges =
        Files.writeString(folder.resolve("e.csv"), "source,target,timestamp,f0\na,b,1,0.5\n");

    CommandRun run =
        CommandRun.kith("replay", edges.toString(), "--model", golden("uci", "model.safetensors"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.text())
        .contains(
            "interaction of another dimension than the model's: source=a, target=b, timestamp=1, features=1, expected=0");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static CommandRun replay(String golden, String... flags) throws URISyntaxException {
    return CommandRun.kith(
        with(
            new String[] {
              "replay",
              golden(golden, "edges.csv.gz"),
              "--model",
              golden(golden, "model.safetensors")
            },
            flags));
  }

  private static String[] with(String[] flags, String... further) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }

  private static String golden(String folder, String name) throws URISyntaxException {
    return Path.of(ReplayCommandTest.class.getResource("/golden/" + folder + "/" + name).toURI())
        .toString();
  }

  /** Same texts, or numbers within the tolerance; the golden files may end before the last node. */
  private void assertAgree(String golden, String file, String expectedFile) throws Exception {
    List<String> expected = unzip(Path.of(golden(golden, expectedFile + ".csv.gz")));
    List<String> found = Files.readAllLines(folder.resolve(file));
    if (golden.equals("uci") && !file.endsWith("scores")) {
      found = found.subList(0, expected.size());
    }
    assertThat(found).as(file).hasSameSizeAs(expected);
    boolean exact = file.equals("records");
    for (int i = 0; i < expected.size(); i++) {
      if (exact || i == 0) {
        assertThat(found.get(i)).isEqualTo(expected.get(i));
      } else {
        assertClose(found.get(i), expected.get(i));
      }
    }
  }

  private static void assertClose(String found, String expected) {
    String[] a = found.split(",", -1);
    String[] b = expected.split(",", -1);
    assertThat(a).as(found).hasSameSizeAs(b);
    for (int j = 0; j < a.length; j++) {
      if (!a[j].equals(b[j])) {
        assertThat(Double.parseDouble(a[j]))
            .as("%s, expected %s", found, expected)
            .isCloseTo(Double.parseDouble(b[j]), within(TOLERANCE));
      }
    }
  }

  private static List<String> unzip(Path file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
