package io.kith.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/** What a replay allocates on its thread for each interaction. */
final class ReplayAllocation implements Measure {
  private final BenchStream stream;
  private final ReplaySpeed replay;

  ReplayAllocation(BenchStream stream, ReplaySpeed replay) {
    this.stream = stream;
    this.replay = replay;
  }

  @Override
  public String name() {
    return "allocation";
  }

  @Override
  public String what() {
    return "allocated by the same replay, all told: bytes an interaction";
  }

  @Override
  public String target() {
    return "below 100";
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    replay.once();
    double[] bytes = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      step.accept("round %d of %d".formatted(i + 1, repeats));
      long before = threads.getThreadAllocatedBytes(thread);
      replay.once();
      bytes[i] =
          (double) (threads.getThreadAllocatedBytes(thread) - before)
              / stream.interactions().size();
    }
    return bytes;
  }
}
