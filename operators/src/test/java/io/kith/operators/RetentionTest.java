package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.Weights;
import io.kith.operators.KithOptions.WhenFull;
import io.kith.state.ChronicleNodeStore;
import io.kith.state.NodeStore;
import io.kith.state.RecordLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that are forgotten while windows go on, without Flink; with it: JobRetentionTest. */
class RetentionTest {
  @Test
  void afterAPauseLongerThanTheTimeToLiveAllBeginsAnew() {
    Weights weights = Golden.weights();
    long day = 86_400_000;
    Retention twoDays = new Retention(1_000, 2 * day, WhenFull.STOP);
    List<Interaction> first = Golden.edges().subList(0, 3_000);
    List<Interaction> again = new ArrayList<>();
    for (Interaction i : first) {
      again.add(new Interaction(i.source(), i.target(), i.timestamp() + 100 * day));
    }
    List<Float> scores = new ArrayList<>();
    try (LocalReplay replay = new LocalReplay(weights, settings(60_000, 3, 2, twoDays))) {
      replay.run(first.iterator(), List.of(), (i, p) -> scores.add(p.score()));
      // Pairs, too, are scored from what is known before their window.
      Interaction last = first.get(first.size() - 1);
      Interaction late = new Interaction(last.source(), last.target(), 99 * day);
      replay.run(again.iterator(), List.of(late, again.get(0)), (i, p) -> scores.add(p.score()));
      float unknown = replay.pairScores()[1];
      assertThat(replay.pairScores()[0]).isEqualTo(unknown);
    }
    assertThat(scores.subList(3_000, 6_000)).isEqualTo(scores.subList(0, 3_000));
  }

  @ParameterizedTest
  @CsvSource({"4000, 20000, STOP", "120, 0, FORGET", "120, 20000, FORGET"})
  void lanesDoNotShow(long nodes, long ttl, WhenFull whenFull) {
    long seed = 7;
    Retention retention = new Retention(nodes, ttl, whenFull);
    ModelSizes sizes = new ModelSizes(5, 3, 2, 4, 6, 4, 2, 7, 9, List.of(), List.of(5_000L));
    Weights weights = Weights.random(sizes, seed);
    List<Interaction> hostile = LocalReplayTest.hostile(seed, 3_000);
    String one = LocalReplayTest.replay(weights, hostile, settings(1_000, 5, 1, retention));
    for (int parallelism : new int[] {2, 4, 8}) {
      assertThat(
              LocalReplayTest.replay(weights, hostile, settings(1_000, 5, parallelism, retention)))
          .as("seed=%d, parallelism=%d", seed, parallelism)
          .isEqualTo(one);
    }
    assertThat(
            LocalReplayTest.replay(weights, hostile, settings(1_000, 5, 1, Retention.ofAll(4_000))))
        .as("something is forgotten")
        .isNotEqualTo(one);
  }

  @Test
  void churnNeitherFailsNorGrows() {
    long seed = 3;
    SplittableRandom random = new SplittableRandom(seed);
    Weights weights =
        Weights.random(new ModelSizes(2, 1, 0, 2, 4, 4, 4, 2, 2, List.of(), List.of()), seed);
    RecordLayout layout = StoredRecord.layout(weights.sizes());
    int capacity = 2_000;
    for (Retention retention :
        List.of(
            new Retention(capacity, 0, WhenFull.FORGET),
            new Retention(capacity, 30_000, WhenFull.STOP),
            new Retention(capacity, 60_000, WhenFull.FORGET))) {
      KeyGroups keyGroups = new KeyGroups(4, 1);
      try (NodeStore store = ChronicleNodeStore.inMemory(layout, capacity)) {
        OwnedNodes nodes =
            OwnedNodes.keeping(retention, store, layout, keyGroups, new Windows(1_000));
        Lap lap = new Lap(weights, nodes, PredictionSettings.ranks(2));
        long bytes = store.bytesPerNode();
        for (int window = 0; window < 1_300; window++) {
          Inbox inbox = new Inbox();
          for (int i = 0; i < 20; i++) { // some come back
            String source = "s" + (window * 20 + i - random.nextInt(100) * random.nextInt(100));
            Interaction next = new Interaction(source, "t" + window + "-" + i, window * 1_000L + i);
            inbox.add(new Half(window, next, true), null);
            inbox.add(new Half(window, next, false), null);
          }
          lap.run(window, inbox, new Ignored());
          nodes.changed().clear();
        }
        assertThat(nodes.expired() + nodes.evicted())
            .as("seed=%d, %s", seed, retention)
            .isGreaterThan(20L * capacity);
        assertThat(store.size()).isBetween(capacity / 3L, (long) capacity);
        assertThat(store.bytesPerNode()).isEqualTo(bytes);
      }
    }
  }

  private record Ignored() implements Lap.Output {
    @Override
    public void predicted(ReusedPrediction prediction) {
      // The nodes are looked at.
    }

    @Override
    public void changed(long window, String id, long key, StoredRecord record) {
      // The nodes are looked at.
    }
  }

  @Test
  void aStoreOfASubtaskHoldsTheQuotasOfItsKeyGroups() {
    Retention retention = new Retention(1_000, 0, WhenFull.FORGET);
    for (int parallelism = 1; parallelism <= 7; parallelism++) {
      KeyGroups keyGroups = new KeyGroups(7, parallelism);
      assertThat(
              IntStream.range(0, parallelism)
                  .mapToLong(subtask -> retention.capacity(keyGroups, subtask))
                  .sum())
          .as("parallelism=" + parallelism)
          .isEqualTo(7 * 143);
    }
  }

  @Test
  void aStoreThatMayNotOverflowHoldsMoreThanItsShare() {
    Retention retention = Retention.ofAll(1_000_000);
    assertThat(retention.capacity(new KeyGroups(128, 1), 0)).isEqualTo(1_000_000);
    assertThat(retention.capacity(new KeyGroups(128, 4), 3)).isBetween(252_000L, 254_000L);
    assertThat(Retention.ofAll(10).capacity(new KeyGroups(128, 100), 0)).isEqualTo(10);
  }

  private static LocalReplay.Settings settings(
      long window, int negatives, int parallelism, Retention retention) {
    return new LocalReplay.Settings(window, negatives, 8, parallelism, retention);
  }
}
