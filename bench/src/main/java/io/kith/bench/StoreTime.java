package io.kith.bench;

import io.kith.state.ChronicleNodeStore;
import io.kith.state.NodeStore;
import io.kith.state.RecordFlyweight;
import io.kith.state.RecordLayout;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Looking up a record in the store, at random, and reading the slots that a score reads. */
final class StoreTime implements Measure {
  private static final int CALLS = 1_000_000;
  private static final int WARM_UPS = 2;
  private static final double NANOS_PER_MICRO = 1e3;

  private final RecordLayout layout;
  private final int nodes;
  private final String target;
  private long kept;

  StoreTime(RecordLayout layout, int nodes, String target) {
    this.layout = layout;
    this.nodes = nodes;
    this.target = target;
  }

  @Override
  public String name() {
    return "store-" + nodes / 1_000 + "k";
  }

  @Override
  public String what() {
    return "store of %,d nodes: look up and read one record: µs".formatted(nodes);
  }

  @Override
  public String target() {
    return target;
  }

  /** Where it does not take gigabytes. */
  @Override
  public boolean isUsual() {
    return nodes <= 1_000_000;
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) {
    try (NodeStore store = ChronicleNodeStore.inMemory(layout, nodes)) {
      step.accept("filling %,d MiB".formatted((nodes * store.bytesPerNode()) >> 20));
      RecordFlyweight record = new RecordFlyweight(layout);
      long[] keys = new SplittableRandom(1).longs(nodes).toArray();
      for (long key : keys) {
        store.write(key, record);
      }
      double[] micros = new double[repeats];
      for (int i = -WARM_UPS; i < repeats; i++) {
        step.accept(i < 0 ? "warming up" : "round %d of %d".formatted(i + 1, repeats));
        double time = once(store, keys, i);
        if (i >= 0) {
          micros[i] = time;
        }
      }
      return micros;
    }
  }

  private double once(NodeStore store, long[] keys, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RecordFlyweight view = new RecordFlyweight(layout);
    byte[] copy = new byte[layout.length()];
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      store.read(keys[random.nextInt(keys.length)], view);
      view.copyTo(copy, 0);
      kept += copy[copy.length - 1];
    }
    double micros = (System.nanoTime() - start) / NANOS_PER_MICRO / CALLS;
    if (kept != 0) { // used, so that no compiler leaves the work out
      throw new IllegalStateException("blank records end in zero: sum=" + kept);
    }
    return micros;
  }
}
