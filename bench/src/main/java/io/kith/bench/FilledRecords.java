package io.kith.bench;

import io.kith.model.HeapRecord;
import io.kith.model.ModelSizes;
import io.kith.model.RecordUpdater;
import io.kith.model.Weights;
import java.util.SplittableRandom;

/** Records as full as a busy stream makes them, by random interactions one a simulated minute. */
final class FilledRecords {
  static final int NODES = 512;
  private static final int INTERACTIONS = 40_000;
  private static final long MINUTE_MS = 60_000;
  private static final float[] NO_FEATURES = {};

  private final HeapRecord[] records = new HeapRecord[NODES];
  private long now;

  FilledRecords(Weights weights) {
    ModelSizes sizes = weights.sizes();
    RecordUpdater updater = new RecordUpdater(weights);
    HeapRecord scratch = new HeapRecord(sizes);
    for (int i = 0; i < NODES; i++) {
      records[i] = new HeapRecord(sizes);
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < INTERACTIONS; i++) {
      int u = random.nextInt(NODES);
      int v = (u + 1 + random.nextInt(NODES - 1)) % NODES;
      now += MINUTE_MS;
      scratch.set(records[u]);
      updater.apply(key(u), records[u], key(v), records[v], now, NO_FEATURES, 1);
      updater.apply(key(v), records[v], key(u), scratch, now, NO_FEATURES, -1);
    }
  }

  HeapRecord record(int node) {
    return records[node];
  }

  /** Time of the last interaction, ms. */
  long now() {
    return now;
  }

  static long key(int node) {
    return node + 1L;
  }
}
