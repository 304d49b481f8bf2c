package io.kith.model;

import java.util.SplittableRandom;

/** Updates and scores until a compiler has taken all it will of the kernels, as a replay does. */
final class KernelsAtWork {
  private static final int NODES = 200;
  private static final int INTERACTIONS = 30_000;
  private static final int TARGETS = 4;
  private static final float[] NO_FEATURES = {};

  private KernelsAtWork() {}

  public static void main(String[] args) {
    Weights weights = new GoldenFiles("uci").weights();
    RecordUpdater updater = new RecordUpdater(weights);
    PairScorer scorer = new PairScorer(weights);
    HeapRecord before = new HeapRecord(weights.sizes());
    HeapRecord[] records = new HeapRecord[NODES];
    for (int i = 0; i < NODES; i++) {
      records[i] = new HeapRecord(weights.sizes());
    }
    SplittableRandom random = new SplittableRandom(1);
    float sum = 0;
    for (int i = 0; i < INTERACTIONS; i++) {
      int u = random.nextInt(NODES);
      int v = (u + 1 + random.nextInt(NODES - 1)) % NODES;
      scorer.source(1 + u, records[u], i);
      for (int n = 0; n < TARGETS; n++) {
        int target = (v + n) % NODES;
        scorer.add(1 + target, records[target]);
      }
      sum += scorer.scores()[0];
      before.set(records[u]);
      updater.apply(1 + u, records[u], 1 + v, records[v], i, NO_FEATURES, 1);
      updater.apply(1 + v, records[v], 1 + u, before, i, NO_FEATURES, -1);
    }
    System.out.println("sum of scores: " + sum);
  }
}
