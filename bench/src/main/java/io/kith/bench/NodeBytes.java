package io.kith.bench;

import io.kith.state.ChronicleNodeStore;
import io.kith.state.NodeStore;
import io.kith.state.RecordLayout;
import java.util.Arrays;
import java.util.function.Consumer;

/** What the store reserves for a node, record and map. */
final class NodeBytes implements Measure {
  private static final int NODES = 100_000;

  private final RecordLayout layout;

  NodeBytes(RecordLayout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public String what() {
    return "bytes a node, record and map";
  }

  @Override
  public String target() {
    return "2,200, better 1,200";
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) {
    try (NodeStore store = ChronicleNodeStore.inMemory(layout, NODES)) {
      double[] bytes = new double[repeats];
      Arrays.fill(bytes, (double) store.bytesPerNode());
      return bytes;
    }
  }
}
