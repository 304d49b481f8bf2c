package io.kith.bench;

import com.sun.management.ThreadMXBean;
import io.kith.operators.LocalReplay;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/**
 * What a replay allocates on its thread for each interaction. All told that is the replay itself,
 * the records of new nodes, which lie on the heap here, and what the work on an interaction leaves;
 * of nodes that are known it is the last alone.
 */
final class ReplayAllocation implements Measure {
  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean(); // HotSpot's own

  private final BenchStream stream;
  private final ReplaySpeed replay;
  private final boolean known;

  /**
   * @param known whether the replay has seen the whole stream before
   */
  ReplayAllocation(BenchStream stream, ReplaySpeed replay, boolean known) {
    this.stream = stream;
    this.replay = replay;
    this.known = known;
  }

  @Override
  public String name() {
    return known ? "allocation-known" : "allocation";
  }

  @Override
  public String what() {
    return known
        ? "allocated by the same replay of nodes that it knows: bytes an interaction"
        : "allocated by the same replay, all told: bytes an interaction";
  }

  @Override
  public String target() {
    return known ? "0" : "below 100";
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) {
    double[] bytes = new double[repeats];
    try (LocalReplay before = replay.open()) {
      replay.play(before, stream.interactions());
      for (int i = 0; i < repeats; i++) {
        step.accept("round %d of %d".formatted(i + 1, repeats));
        if (known) {
          var later = stream.again(i + 1);
          bytes[i] = allocated(() -> replay.play(before, later));
        } else {
          bytes[i] = allocated(replay::once);
        }
      }
    }
    return bytes;
  }

  private double allocated(Runnable work) {
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    work.run();
    return (double) (THREADS.getThreadAllocatedBytes(thread) - before)
        / stream.interactions().size();
  }
}
