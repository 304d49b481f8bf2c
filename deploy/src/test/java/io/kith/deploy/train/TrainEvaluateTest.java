package io.kith.deploy.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.deploy.CommandRun;
import io.kith.model.ModelSizes;
import io.kith.model.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainEvaluateTest {
  private static final String[] TINY = {
    "--D",
    "4",
    "--F",
    "2",
    "--T",
    "2",
    "--M1",
    "4",
    "--M2",
    "2",
    "--B",
    "2",
    "--H",
    "8",
    "--E",
    "3",
    "--act",
    "1000,60000",
    "--pact",
    "none",
    "--epochs",
    "2",
    "--step",
    "20"
  };

  @TempDir Path folder;
  private String edges;

  /** Each of 20 sources keeps to its own three of 60 targets. */
  @BeforeEach
  void writeEdges() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder("source,target,timestamp,f0\n");
    for (int i = 0; i < 600; i++) {
      int source = random.nextInt(20);
      int target = 3 * source + random.nextInt(3);
      text.append("u%d,v%d,%d,%s%n".formatted(source, target, 500 * i, random.nextInt(2)));
    }
    text.append("u0,u0,300000,1\n");
    edges = Files.writeString(folder.resolve("edges with a space.csv"), text).toString();
  }

  @Test
  void trainSaysWhatTheFileHoldsAndWritesTheModelAskedFor() {
    CommandRun run = train("m.safetensors", "1");

    assertThat(run.exit()).as(run.text()).isZero();
    assertThat(run.text())
        .contains(
            "edges with a space.csv: 600 interactions of 80 nodes, 1 features, 1970-01-01T00:00:00Z to 1970-01-01T00:04:59.500Z; 1 self loops left out")
        .contains("By time: 420 to train on, 90 to validate on, 90 to test on")
        .containsPattern("epoch 1  loss [0-9.]+  validation AP [0-9.]+ MRR [0-9.]+")
        .containsPattern("Weights of epoch [12], version \\w+: .*m.safetensors");
    assertThat(WeightsFile.read(folder.resolve("m.safetensors")).sizes())
        .isEqualTo(new ModelSizes(4, 2, 1, 2, 4, 2, 2, 8, 3, List.of(1_000L, 60_000L), List.of()));
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherDoesNot() {
    train("a", "1");
    train("b", "1");
    train("c", "2");

    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    assertThat(WeightsFile.read(folder.resolve("c")).version())
        .isNotEqualTo(WeightsFile.read(folder.resolve("a")).version());
  }

  @Test
  void evaluateMeasuresAModelBesideTheRules() throws IOException {
    train("m", "1");

    CommandRun run = evaluate("--model", folder.resolve("m").toString());

    assertThat(run.text()).contains("transductive", "Kith", "recency rule", "EdgeBank");
    JsonNode figures = json();
    assertThat(figures.get("batch").asInt()).isEqualTo(32);
    assertThat(figures.get("seeds").toString()).isEqualTo("[1,2,3]");
    for (String predictor : List.of("model", "edgeBank", "recencyRule")) {
      for (JsonNode figure : figures.get("transductive").get(predictor)) {
        assertThat(figure.asDouble()).as(predictor).isBetween(0.0, 1.0);
      }
    }
    // Sources keep to their targets, so to predict what was is nearly always right.
    assertThat(figures.get("transductive").get("edgeBank").get("ap").asDouble()).isGreaterThan(0.9);
    assertThat(figures.has("inductive")).isFalse();
  }

  @Test
  void windowsMayTakeThePlaceOfBatches() throws IOException {
    train("m", "1");
    String model = folder.resolve("m").toString();
    evaluate("--model", model, "--window-ms", "0", "--seeds", "4");
    JsonNode distinct = json();
    evaluate("--model", model, "--batch", "1", "--seeds", "4");
    JsonNode single = json();

    assertThat(distinct.get("windowMs").asInt()).isZero();
    // No two interactions have one time, so both read the same.
    assertThat(distinct.get("transductive")).isEqualTo(single.get("transductive"));
  }

  @Test
  void theStudyTrainsForEachSeedAndSetting() throws IOException {
    CommandRun run = evaluate(with(TINY, "--seeds", "1,2", "--inductive"));

    assertThat(run.text().lines().filter(line -> line.startsWith("Training")))
        .containsExactly(
            "Training: seed=1",
            "Training: seed=2",
            "Training without a tenth of the nodes: seed=1",
            "Training without a tenth of the nodes: seed=2");
    assertThat(json().get("inductive").get("model").get("ap").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void ranksAmongAllTargetsAreThoseOfTheBenchmark() throws IOException {
    train("m", "1");

    CommandRun run =
        evaluate("--model", folder.resolve("m").toString(), "--all-targets", "--every", "2");

    assertThat(run.text()).contains("MRR among all targets");
    assertThat(json().get("batch").asInt()).isEqualTo(200);
    // 60 targets, three of them met: the rank is 2 where all three tie.
    assertThat(json().get("transductive").get("edgeBank").asDouble()).isBetween(0.45, 0.55);
  }

  @Test
  void wrongFlagsAreNamedWithWhatTheyNeed() {
    assertThat(evaluate("--batch", "3", "--window-ms", "5", "--every", "0").text())
        .contains("give --batch or --window-ms, not both: batch=3, window-ms=5")
        .contains("too few are ranked: every=0, least=1");
    assertThat(evaluate("--model", "m", "--inductive").text())
        .contains("--inductive trains a model of its own");
    CommandRun sizes =
        CommandRun.kith("train", edges, "--out", "x", "--D", "0", "--M1", "5", "--B", "2");
    assertThat(sizes.exit()).isEqualTo(2);
    assertThat(sizes.text())
        .contains("D too small: value=0, least=1", "M1 must be a multiple of B: M1=5, B=2");
    assertThat(CommandRun.kith("train", edges, "--out", "x", "--act", "6h").text())
        .contains("scales are whole numbers of ms with commas between, or 'none': act=6h");
  }

  @Test
  void aFileWithTooLittleIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("few.csv"), "source,target,timestamp\na,b,1\n");

    assertThat(CommandRun.kith("train", file.toString(), "--out", "x").text())
        .contains("too few interactions", "interactions=1, least=10");
  }

  private CommandRun train(String out, String seed) {
    return CommandRun.kith(
        with(
            new String[] {"train", edges, "--out", folder.resolve(out).toString(), "--seed", seed},
            TINY));
  }

  private CommandRun evaluate(String... flags) {
    return CommandRun.kith(
        with(
            new String[] {"evaluate", edges, "--json", folder.resolve("figures.json").toString()},
            flags));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("figures.json").toFile());
  }

  private static String[] with(String[] flags, String... further) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }
}
