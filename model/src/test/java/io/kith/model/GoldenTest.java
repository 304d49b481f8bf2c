package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agreement with the executable specification, in the plainest form of a replay by windows. */
class GoldenTest {
  private static final float TOLERANCE = 1e-5f;

  private Weights weights;
  private PairScorer scorer;
  private RecordUpdater updater;
  private final Map<Long, HeapRecord> records = new HashMap<>();
  private final List<Float> scores = new ArrayList<>();

  private record Pair(int line, Interaction pair) {}

  @ParameterizedTest
  @CsvSource({
    "uci, 1000, -W1000",
    "uci, 3600000, -W3600000",
    "tiny, 0, ''",
    "odd, 1000, ''",
    "wide, 60000, ''",
    "nohop2, 0, ''"
  })
  void replayAgreesWithTheSpecification(String folder, long window, String suffix) {
    GoldenFiles golden = new GoldenFiles(folder);
    use(golden.weights());
    List<Interaction> pairs = golden.interactions("pairs");
    float[] pairScores = replay(golden.interactions("edges"), pairs, window);

    List<String[]> expected = golden.rows("scores" + suffix);
    assertThat(scores).hasSameSizeAs(expected);
    for (int i = 0; i < scores.size(); i++) {
      assertThat(scores.get(i)).isCloseTo(Float.parseFloat(expected.get(i)[3]), within(TOLERANCE));
    }
    List<String[]> expectedPairs = golden.rows("pair-scores" + suffix);
    for (int i = 0; i < pairScores.length; i++) {
      assertThat(pairScores[i])
          .isCloseTo(Float.parseFloat(expectedPairs.get(i)[3]), within(TOLERANCE));
    }
    for (String[] row : golden.rows("records" + suffix)) {
      assertThat(integers(row[0])).isEqualTo(String.join(",", row));
    }
    Embedder embedder = new Embedder(weights.sizes());
    float[] embedding = new float[weights.sizes().embedding()];
    for (String[] row : golden.rows("embeddings" + suffix)) {
      embedder.embed(records.get(NodeKey.of(row[0])), embedding);
      for (int j = 0; j < embedding.length; j++) {
        assertThat(embedding[j]).isCloseTo(Float.parseFloat(row[1 + j]), within(TOLERANCE));
      }
    }
  }

  @Test
  void aScoreDoesNotSeeItsOwnWindow() {
    use(Weights.random(ModelSizes.DEFAULT, 1));
    Interaction interaction = new Interaction("a", "b", 0);
    replay(List.of(interaction, interaction), List.of(), 1_000);
    assertThat(scores.get(1)).isEqualTo(scores.get(0));
  }

  private void use(Weights model) {
    weights = model;
    scorer = new PairScorer(model);
    updater = new RecordUpdater(model);
  }

  private static long window(Interaction interaction, long length) {
    return length == 0 ? interaction.timestamp() : Math.floorDiv(interaction.timestamp(), length);
  }

  private float[] replay(List<Interaction> edges, List<Interaction> pairs, long window) {
    TreeMap<Long, List<Interaction>> edgesOf = new TreeMap<>();
    TreeMap<Long, List<Pair>> pairsOf = new TreeMap<>();
    for (Interaction edge : edges) {
      if (!edge.isSelfLoop()) {
        edgesOf.computeIfAbsent(window(edge, window), k -> new ArrayList<>()).add(edge);
      }
    }
    for (int i = 0; i < pairs.size(); i++) {
      long w = window(pairs.get(i), window);
      pairsOf.computeIfAbsent(w, k -> new ArrayList<>()).add(new Pair(i, pairs.get(i)));
      edgesOf.computeIfAbsent(w, k -> new ArrayList<>());
    }
    float[] pairScores = new float[pairs.size()];
    edgesOf.forEach(
        (w, batch) -> {
          for (Pair pair : pairsOf.getOrDefault(w, List.of())) {
            pairScores[pair.line()] = score(pair.pair());
          }
          replayWindow(batch);
        });
    return pairScores;
  }

  private void replayWindow(List<Interaction> batch) {
    batch.sort(Interaction.CANONICAL);
    Map<Long, HeapRecord> before = new HashMap<>();
    for (Interaction i : batch) {
      scores.add(score(i));
      before.computeIfAbsent(i.sourceKey(), this::copy);
      before.computeIfAbsent(i.targetKey(), this::copy);
    }
    for (Interaction i : batch) {
      apply(i.sourceKey(), i.targetKey(), before, i, 1);
      apply(i.targetKey(), i.sourceKey(), before, i, -1);
    }
  }

  private void apply(long u, long v, Map<Long, HeapRecord> before, Interaction i, int direction) {
    HeapRecord record = records.computeIfAbsent(u, k -> new HeapRecord(weights.sizes()));
    updater.apply(u, record, v, before.get(v), i.timestamp(), i.features(), direction);
  }

  private float score(Interaction i) {
    return scorer.score(
        i.sourceKey(), record(i.sourceKey()), i.targetKey(), record(i.targetKey()), i.timestamp());
  }

  private HeapRecord record(long key) {
    return records.getOrDefault(key, new HeapRecord(weights.sizes()));
  }

  private HeapRecord copy(long key) {
    HeapRecord copy = new HeapRecord(weights.sizes());
    copy.set(record(key));
    return copy;
  }

  private String integers(String id) {
    HeapRecord r = records.get(NodeKey.of(id));
    List<String> hop1 = new ArrayList<>();
    for (int i = 0; i < weights.sizes().hop1(); i++) {
      if (r.hop1Key(i) != NodeKey.EMPTY) {
        hop1.add(
            "%d:%d:%d:%d:%d"
                .formatted(i, r.hop1Key(i), r.hop1Time(i), r.hop1Count(i), r.hop1Direction(i)));
      }
    }
    List<String> hop2 = new ArrayList<>();
    for (int i = 0; i < weights.sizes().hop2(); i++) {
      if (r.hop2Key(i) != NodeKey.EMPTY) {
        hop2.add("%d:%d:%d".formatted(i, r.hop2Key(i), r.hop2Time(i)));
      }
    }
    return String.join(
        ",",
        id,
        String.valueOf(NodeKey.of(id)),
        String.valueOf(r.tau()),
        String.valueOf(r.interactions()),
        String.join(" ", hop1),
        String.join(" ", hop2));
  }
}
