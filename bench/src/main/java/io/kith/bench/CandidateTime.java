package io.kith.bench;

import io.kith.model.PairScorer;
import java.util.function.Consumer;

/** The score of one more target, among those of a list, for a source that is taken already. */
final class CandidateTime implements Measure {
  private static final int LIST = 64;
  private static final int SCORES = 3_000 * LIST;
  private static final int WARM_UPS = 3;
  private static final double NANOS_PER_MICRO = 1e3;

  private final BenchStream stream;
  private double kept;

  CandidateTime(BenchStream stream) {
    this.stream = stream;
  }

  @Override
  public String name() {
    return "candidate";
  }

  @Override
  public String what() {
    return "score of one more candidate for a source already joined: µs";
  }

  @Override
  public String target() {
    return "3, better 1.5";
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) {
    step.accept("filling records");
    FilledRecords records = new FilledRecords(stream.weights());
    PairScorer scorer = new PairScorer(stream.weights());
    double[] micros = new double[repeats];
    for (int i = -WARM_UPS; i < repeats; i++) {
      step.accept(i < 0 ? "warming up" : "round %d of %d".formatted(i + 1, repeats));
      scorer.source(FilledRecords.key(0), records.record(0), records.now());
      long start = System.nanoTime();
      for (int n = 0; n < SCORES; n++) {
        int v = 1 + n % (FilledRecords.NODES - 1);
        scorer.add(FilledRecords.key(v), records.record(v));
        if (n % LIST == LIST - 1) {
          kept += scorer.scores()[0];
        }
      }
      if (i >= 0) {
        micros[i] = (System.nanoTime() - start) / NANOS_PER_MICRO / SCORES;
      }
    }
    if (!(kept > 0)) { // used, so that no compiler leaves the work out
      throw new IllegalStateException("scores are probabilities: sum=" + kept);
    }
    return micros;
  }
}
