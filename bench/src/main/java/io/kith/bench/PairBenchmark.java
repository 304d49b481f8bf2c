package io.kith.bench;

import io.kith.model.HeapRecord;
import io.kith.model.ModelSizes;
import io.kith.model.PairScorer;
import io.kith.model.RecordUpdater;
import io.kith.model.Weights;
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
 *   java --add-modules jdk.incubator.vector -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main PairBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PairBenchmark {
  private static final int NODES = FilledRecords.NODES;

  private final float[] noFeatures = {};
  private PairScorer scorer;
  private RecordUpdater updater;
  private FilledRecords records;
  private int next;

  /** Fills the records. */
  @Setup
  public void fill() {
    Weights weights = Weights.random(ModelSizes.DEFAULT, 1);
    scorer = new PairScorer(weights);
    updater = new RecordUpdater(weights);
    records = new FilledRecords(weights);
    scorer.source(FilledRecords.key(0), records.record(0), records.now());
  }

  @Benchmark
  public float score() {
    int u = next();
    int v = (u + 1) % NODES;
    return scorer.score(
        FilledRecords.key(u),
        records.record(u),
        FilledRecords.key(v),
        records.record(v),
        records.now());
  }

  /** One more target for a source that has been taken. */
  @Benchmark
  public float scoreOfCandidate() {
    int v = 1 + next() % (NODES - 1);
    return scorer.score(FilledRecords.key(v), records.record(v));
  }

  @Benchmark
  public HeapRecord update() {
    int u = next();
    int v = (u + 1) % NODES;
    updater.apply(
        FilledRecords.key(u),
        records.record(u),
        FilledRecords.key(v),
        records.record(v),
        records.now(),
        noFeatures,
        1);
    return records.record(u);
  }

  private int next() {
    next = (next + 7) % NODES;
    return next;
  }
}
