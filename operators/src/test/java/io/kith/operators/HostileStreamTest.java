package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However a hostile stream is shuffled within the bound, split over input partitions and shared out
 * to subtasks, the whole job says the same bytes as the plain replay.
 */
class HostileStreamTest {
  private static final PredictionSettings PREDICTIONS = new PredictionSettings(5, 0.4, 3);
  private static final int NEIGHBOURS = 3;
  private static final int MOST_PARTITIONS = 7;
  private static final int MOST_NODES = 500;

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobClusters.of(2, 4);

  @Test
  void theTwoIdsHaveOneKey() {
    assertThat(HostileStream.ONE_KEY).doesNotHaveDuplicates();
    assertThat(NodeKey.of(HostileStream.ONE_KEY.get(0)))
        .isEqualTo(NodeKey.of(HostileStream.ONE_KEY.get(1)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void neitherOrderNorPartitionsNorParallelismShow(long seed) throws Exception {
    check(HostileStream.of(seed, 400), 1, 2, 4);
  }

  static LongStream manySeeds() {
    return LongStream.range(100, 140);
  }

  @ParameterizedTest
  @MethodSource("manySeeds")
  @Tag("long")
  @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void norInLongerStreams(long seed) throws Exception {
    check(HostileStream.of(seed, 1_500), 1, 2, 3, 4, 8);
  }

  private static void check(HostileStream stream, int... parallelisms) throws Exception {
    SplittableRandom random = new SplittableRandom(stream.seed());
    List<String> predictions = new ArrayList<>();
    Map<String, String> embeddings = new TreeMap<>();
    replay(stream, predictions, embeddings);
    Map<String, String> ofBothIds = null;
    List<String> lists = null;
    List<String> whole = null;
    for (int parallelism : parallelisms) {
      int partitions = 1 + random.nextInt(MOST_PARTITIONS);
      String because =
          "seed=%d, window=%d ms, bound=%d ms, parallelism=%d, partitions=%d"
              .formatted(
                  stream.seed(), stream.windowMs(), stream.boundMs(), parallelism, partitions);
      JobRun run = run(stream, parallelism, stream.shuffled(random, partitions), random);

      assertThat(run.predictionsAlone()).as(because).isEqualTo(predictions);
      whole = whole == null ? run.predictions() : whole;
      assertThat(run.predictions()).as(because).isEqualTo(whole);
      assertExplained(predictions, because);
      Map<String, String> found = new TreeMap<>(run.finalEmbeddings());
      Map<String, String> shared = new TreeMap<>(found);
      found.keySet().removeIf(HostileStream::sharesItsKey);
      shared.keySet().retainAll(HostileStream.ONE_KEY);
      assertThat(found).as(because).isEqualTo(embeddings);
      assertThat(run.deadLetters())
          .as(because)
          .hasSize(stream.ordered().size() - predictions.size());
      lists = lists == null ? run.distinctRecommendations() : lists;
      assertThat(run.distinctRecommendations()).as(because).isEqualTo(lists);
      ofBothIds = ofBothIds == null ? shared : ofBothIds;
      assertThat(shared).as(because).isNotEmpty().isEqualTo(ofBothIds);
    }
  }

  /** About the share that is set, and not all alike. */
  private static void assertExplained(List<String> predictions, String because) {
    long explained = predictions.stream().filter(p -> !p.endsWith("\"explanation\":null}")).count();
    double share = (double) explained / predictions.size();
    assertThat(share).as(because).isBetween(0.2, 0.6);
  }

  private static JobRun run(
      HostileStream stream, int parallelism, ArrivalScript script, SplittableRandom random)
      throws Exception {
    Configuration settings = JobRun.settings(parallelism, stream.windowMs());
    settings.setString("nodes", String.valueOf(MOST_NODES));
    settings.setString("out-of-orderness", stream.boundMs() + " ms");
    settings.set(KithOptions.NEGATIVES, PREDICTIONS.negatives());
    settings.set(KithOptions.EXPLAIN_SHARE, PREDICTIONS.explainShare());
    settings.set(KithOptions.EXPLAIN_NEIGHBOURS, PREDICTIONS.explainNeighbours());
    settings.set(KithOptions.EMBEDDING_NEIGHBOURS, NEIGHBOURS);
    int turn = 1 + random.nextInt(50);
    try (JobRun run = new JobRun(stream.weightsFile())) {
      run.start(
              new Configuration(), settings, new ScriptSource<>(script, Boundedness.BOUNDED, turn))
          .getJobExecutionResult()
          .get(2, TimeUnit.MINUTES);
      return run;
    }
  }

  /** The plain replay of the stream in order, in the texts of the job. */
  private static void replay(
      HostileStream stream, List<String> predictions, Map<String, String> embeddings) {
    List<Interaction> interactions = stream.interactions();
    Windows windows = new Windows(stream.windowMs());
    Map<Long, Long> lastWindow = new HashMap<>();
    TreeSet<String> ids = new TreeSet<>();
    for (Interaction i : interactions) {
      for (long key : List.of(i.sourceKey(), i.targetKey())) {
        lastWindow.merge(key, windows.of(i.timestamp()), Math::max);
      }
      ids.addAll(List.of(i.source(), i.target()));
    }
    ids.removeIf(HostileStream::sharesItsKey);
    OutputJson json = new OutputJson(stream.weights(), NEIGHBOURS);
    LocalReplay.Settings settings =
        new LocalReplay.Settings(
            stream.windowMs(), PREDICTIONS, 128, 1, Retention.ofAll(MOST_NODES));
    try (LocalReplay replay = new LocalReplay(stream.weights(), settings)) {
      replay.run(
          interactions.iterator(),
          List.of(),
          (interaction, prediction) -> predictions.add(JobRun.text(json.prediction(prediction))));
      replay.forEach(
          ids,
          (id, key, record) ->
              embeddings.put(
                  id,
                  JobRun.text(
                      json.embedding(lastWindow.get(key), id, key, (StoredRecord) record))));
    }
    Collections.sort(predictions);
  }
}
