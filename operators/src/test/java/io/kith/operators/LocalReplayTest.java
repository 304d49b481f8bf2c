package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.Prediction;
import io.kith.model.Weights;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalReplayTest {
  private static final float TOLERANCE = 1e-5f;

  @ParameterizedTest
  @ValueSource(longs = {1_000, 3_600_000})
  void agreesWithTheSpecification(long window) {
    Weights weights = Golden.weights();
    List<Interaction> edges = Golden.edges();
    List<Interaction> pairs =
        Golden.rows("pairs").stream()
            .map(row -> new Interaction(row[0], row[1], Long.parseLong(row[2])))
            .toList();
    List<String> scores = new ArrayList<>();
    try (LocalReplay replay = new LocalReplay(weights, settings(window, 0, 1))) {
      replay.run(
          edges.iterator(),
          pairs,
          (i, p) ->
              scores.add(i.timestamp() + "," + i.source() + "," + i.target() + "," + p.score()));

      assertClose(scores, Golden.rows("scores-W" + window));
      List<String> pairScores = new ArrayList<>();
      for (int i = 0; i < pairs.size(); i++) {
        Interaction pair = pairs.get(i);
        pairScores.add(
            String.join(
                ",",
                String.valueOf(pair.timestamp()),
                pair.source(),
                pair.target(),
                String.valueOf(replay.pairScores()[i])));
      }
      assertClose(pairScores, Golden.rows("pair-scores-W" + window));
      StringWriter records = new StringWriter();
      List<String[]> expected = Golden.rows("records-W" + window);
      List<String> ids = expected.stream().map(row -> row[0]).toList();
      ReplayFiles.records(records, weights.sizes(), replay, ids);
      assertThat(records.toString().lines().skip(1))
          .isEqualTo(expected.stream().map(row -> String.join(",", row)).toList());
      StringWriter embeddings = new StringWriter();
      List<String[]> vectors = Golden.rows("embeddings-W" + window);
      ReplayFiles.embeddings(
          embeddings, weights.sizes(), replay, vectors.stream().map(row -> row[0]).toList());
      assertClose(embeddings.toString().lines().skip(1).toList(), vectors);
    }
  }

  /** Same texts before the numbers, numbers within the tolerance. */
  private static void assertClose(List<String> lines, List<String[]> expected) {
    assertThat(lines).hasSameSizeAs(expected);
    for (int i = 0; i < lines.size(); i++) {
      String[] found = lines.get(i).split(",", -1);
      assertThat(found).hasSameSizeAs(expected.get(i));
      for (int j = 0; j < found.length; j++) {
        if (!found[j].equals(expected.get(i)[j])) {
          assertThat(Float.parseFloat(found[j]))
              .as(lines.get(i))
              .isCloseTo(Float.parseFloat(expected.get(i)[j]), within(TOLERANCE));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void lanesDoNotShow(int parallelism) {
    long seed = 7;
    ModelSizes sizes = new ModelSizes(5, 3, 2, 4, 6, 4, 2, 7, 9, List.of(), List.of(5_000L));
    Weights weights = Weights.random(sizes, seed);
    List<Interaction> hostile = hostile(seed, 3_000);
    assertThat(replay(weights, hostile, settings(1_000, 5, parallelism)))
        .as("seed=" + seed)
        .isEqualTo(replay(weights, hostile, settings(1_000, 5, 1)));
  }

  @Test
  void windowsOfLengthZeroAreDistinctTimes() {
    Weights weights = Weights.random(ModelSizes.DEFAULT, 1);
    List<Interaction> edges =
        List.of(
            new Interaction("a", "b", 5),
            new Interaction("a", "b", 5),
            new Interaction("a", "b", 6));
    List<Prediction> predictions = new ArrayList<>();
    try (LocalReplay replay = new LocalReplay(weights, settings(0, 0, 1))) {
      replay.run(edges.iterator(), List.of(), (i, p) -> predictions.add(p.copy()));
    }
    assertThat(predictions.get(1)).isEqualTo(predictions.get(0));
    assertThat(predictions.get(2).score()).isNotEqualTo(predictions.get(0).score());
    assertThat(predictions).extracting(Prediction::window).containsExactly(5L, 5L, 6L);
  }

  @Test
  void refusesWhatIsNotInTheOrderOfWindows() {
    List<Interaction> edges =
        List.of(new Interaction("a", "b", 2_000), new Interaction("a", "b", 1_999));
    assertThat(LocalReplay.inOrder(edges.iterator(), 1_000)).isFalse();
    assertThat(LocalReplay.inOrder(edges.iterator(), 10_000)).isTrue();
    try (LocalReplay replay =
        new LocalReplay(Weights.random(ModelSizes.DEFAULT, 1), settings(1_000, 0, 1))) {
      assertThatThrownBy(() -> replay.run(edges.iterator(), List.of(), (i, p) -> {}))
          .hasMessage(
              "interactions not in the order of their windows: timestamp=1999, window=1, before=2");
    }
  }

  private static LocalReplay.Settings settings(long window, int negatives, int parallelism) {
    return new LocalReplay.Settings(window, negatives, 128, parallelism, Retention.ofAll(4_000));
  }

  /** All that a replay says. */
  static String replay(Weights weights, List<Interaction> edges, LocalReplay.Settings settings) {
    StringBuilder out = new StringBuilder();
    Set<String> ids = new LinkedHashSet<>();
    edges.forEach(i -> ids.addAll(List.of(i.source(), i.target())));
    StringWriter nodes = new StringWriter();
    try (LocalReplay replay = new LocalReplay(weights, settings)) {
      replay.run(edges.iterator(), List.of(), (i, p) -> out.append(p.copy()).append('\n'));
      ReplayFiles.records(nodes, weights.sizes(), replay, ids);
      ReplayFiles.embeddings(nodes, weights.sizes(), replay, ids);
    }
    return out.append(nodes).toString();
  }

  /** Hubs, equal times, duplicates, self loops, any Unicode, features. In the order of time. */
  static List<Interaction> hostile(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Interaction> interactions = new ArrayList<>();
    long t = 0;
    while (interactions.size() < size) {
      t += random.nextInt(3) == 0 ? random.nextInt(2_000) : random.nextInt(10);
      String source = "\u00e9\ud83d\ude00" + random.nextInt(40);
      String target = random.nextBoolean() ? "hub" : "n," + random.nextInt(200);
      float[] x = {random.nextInt(3), (float) random.nextDouble() - 0.5f};
      for (int copies = random.nextInt(20) == 0 ? 3 : 1; copies > 0; copies--) {
        interactions.add(new Interaction(source, target, t, x));
      }
    }
    return interactions;
  }
}
