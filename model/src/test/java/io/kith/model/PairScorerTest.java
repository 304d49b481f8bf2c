package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PairScorerTest {
  private static final long ANN = NodeKey.of("ann");
  private static final long BEN = NodeKey.of("ben");
  private static final long CLEO = NodeKey.of("cleo");

  private final Weights weights = new GoldenFiles("uci").weights();
  private final PairScorer scorer = new PairScorer(weights);
  private final RecordUpdater updater = new RecordUpdater(weights);
  private HeapRecord ann;
  private HeapRecord ben;
  private HeapRecord cleo;

  @BeforeEach
  void startWithFreshRecords() {
    ann = new HeapRecord(weights.sizes());
    ben = new HeapRecord(weights.sizes());
    cleo = new HeapRecord(weights.sizes());
  }

  @Test
  void aPairThatHasMetIsLikelierThanStrangers() {
    float strangers = scorer.score(ANN, ann, BEN, ben, 60_000);
    assertThat(scorer.met()).isFalse();
    meet(ANN, ann, BEN, ben, 0);
    float acquainted = scorer.score(ANN, ann, BEN, ben, 60_000);
    assertThat(acquainted).isGreaterThan(strangers).isBetween(0f, 1f);
    assertThat(scorer.met()).isTrue();
    assertThat(scorer.lastMet()).isZero();
  }

  @Test
  void aCommonPartnerIsASharedNeighbour() {
    meet(ANN, ann, CLEO, cleo, 0);
    meet(BEN, ben, CLEO, cleo, 1_000);
    scorer.score(ANN, ann, BEN, ben, 2_000);
    assertThat(scorer.sharedNeighbours()).isEqualTo(1);
    scorer.score(ANN, ann, CLEO, cleo, 2_000);
    assertThat(scorer.sharedNeighbours()).isZero();
  }

  @Test
  void scoringChangesNothing() {
    meet(ANN, ann, BEN, ben, 0);
    float once = scorer.score(ANN, ann, BEN, ben, 5_000);
    scorer.score(BEN, ben, CLEO, cleo, 9_000);
    assertThat(scorer.score(ANN, ann, BEN, ben, 5_000)).isEqualTo(once);
  }

  @Test
  void scoresAreProbabilitiesWhateverHappened() {
    long seed = 21;
    SplittableRandom random = new SplittableRandom(seed);
    long[] keys = {ANN, BEN, CLEO};
    HeapRecord[] records = {ann, ben, cleo};
    for (int i = 0; i < 2_000; i++) {
      int u = random.nextInt(3);
      int v = (u + 1 + random.nextInt(2)) % 3;
      long t = random.nextLong(1L << random.nextInt(62));
      meet(keys[u], records[u], keys[v], records[v], t);
      assertThat(scorer.score(keys[u], records[u], keys[v], records[v], t))
          .as("seed=%d, step=%d", seed, i)
          .isBetween(0f, 1f);
    }
  }

  @Test
  void aCandidateScoresAsIfItWereTheOnlyOne() {
    long seed = 4;
    SplittableRandom random = new SplittableRandom(seed);
    int nodes = 40;
    HeapRecord[] records = new HeapRecord[nodes];
    for (int i = 0; i < nodes; i++) {
      records[i] = new HeapRecord(weights.sizes());
    }
    for (int i = 0; i < 3_000; i++) {
      int u = random.nextInt(nodes);
      int v = (u + 1 + random.nextInt(nodes - 1)) % nodes;
      meet(1 + u, records[u], 1 + v, records[v], 60_000L * i);
    }
    PairScorer alone = new PairScorer(weights);
    for (int u = 0; u < nodes; u++) {
      long t = 60_000L * (3_000 + random.nextInt(1_000));
      scorer.source(1 + u, records[u], t);
      for (int n = 0; n < 20; n++) {
        int v = (u + 1 + random.nextInt(nodes - 1)) % nodes;
        float score = scorer.score(1 + v, records[v]);
        assertThat(score)
            .as("seed=%d, source=%d, target=%d", seed, u, v)
            .isEqualTo(alone.score(1 + u, records[u], 1 + v, records[v], t));
        assertThat(scorer.sharedNeighbours()).isEqualTo(alone.sharedNeighbours());
      }
      for (int count : new int[] {1, 2, 7}) {
        for (int n = 1; n <= count; n++) {
          scorer.add(1 + (u + n) % nodes, records[(u + n) % nodes]);
        }
        float[] scores = scorer.scores().clone();
        for (int n = 1; n <= count; n++) {
          int v = (u + n) % nodes;
          assertThat(scores[n - 1])
              .as("seed=%d, source=%d, target=%d, %d at once", seed, u, v, count)
              .isEqualTo(alone.score(1 + u, records[u], 1 + v, records[v], t));
        }
      }
    }
  }

  @Test
  void targetsOfAnotherSourceAreNotScored() {
    meet(ANN, ann, BEN, ben, 0);
    scorer.source(ANN, ann, 5_000);
    scorer.add(BEN, ben);
    scorer.source(CLEO, cleo, 5_000);
    scorer.add(BEN, ben);
    float second = scorer.scores()[0];
    assertThat(second).isEqualTo(scorer.score(CLEO, cleo, BEN, ben, 5_000));
  }

  private void meet(long u, HeapRecord ofU, long v, HeapRecord ofV, long t) {
    HeapRecord before = new HeapRecord(weights.sizes());
    before.set(ofU);
    updater.apply(u, ofU, v, ofV, t, new float[0], 1);
    updater.apply(v, ofV, u, before, t, new float[0], -1);
  }
}
