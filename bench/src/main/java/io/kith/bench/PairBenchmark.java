package io.kith.bench;

import io.kith.model.HeapRecord;
import io.kith.model.ModelSizes;
import io.kith.model.PairScorer;
import io.kith.model.RecordUpdater;
import io.kith.model.Weights;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One score and one update at default sizes, on records as full as a busy stream makes them.
 *
 * <pre>
 *   mvn -q -pl bench -am package -DskipTests
 *   java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main PairBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PairBenchmark {
  private static final int NODES = 512;
  private static final int INTERACTIONS = 40_000;
  private static final long HOUR_MS = 3_600_000;

  private final HeapRecord[] records = new HeapRecord[NODES];
  private final HeapRecord scratch = new HeapRecord(ModelSizes.DEFAULT);
  private final float[] noFeatures = {};
  private PairScorer scorer;
  private RecordUpdater updater;
  private long now;
  private int next;

  /** Fills the records with random interactions, one a simulated minute. */
  @Setup
  public void fill() {
    Weights weights = Weights.random(ModelSizes.DEFAULT, 1);
    scorer = new PairScorer(weights);
    updater = new RecordUpdater(weights);
    for (int i = 0; i < NODES; i++) {
      records[i] = new HeapRecord(ModelSizes.DEFAULT);
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < INTERACTIONS; i++) {
      int u = random.nextInt(NODES);
      int v = (u + 1 + random.nextInt(NODES - 1)) % NODES;
      now += HOUR_MS / 60;
      scratch.set(records[u]);
      updater.apply(key(u), records[u], key(v), records[v], now, noFeatures, 1);
      updater.apply(key(v), records[v], key(u), scratch, now, noFeatures, -1);
    }
  }

  @Benchmark
  public float score() {
    int u = next();
    int v = (u + 1) % NODES;
    return scorer.score(key(u), records[u], key(v), records[v], now);
  }

  @Benchmark
  public HeapRecord update() {
    int u = next();
    int v = (u + 1) % NODES;
    updater.apply(key(u), records[u], key(v), records[v], now, noFeatures, 1);
    return records[u];
  }

  private int next() {
    next = (next + 7) % NODES;
    return next;
  }

  private static long key(int node) {
    return node + 1L;
  }
}
