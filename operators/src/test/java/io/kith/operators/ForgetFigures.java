package io.kith.operators;

import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import io.kith.state.ChronicleNodeStore;
import io.kith.state.KeyIndex;
import io.kith.state.NodeStore;
import io.kith.state.RecordLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;

/**
 * Prints what it costs to forget a node, at the default sizes, all slots in use: ms of CPU, the
 * least and the greatest of five. Run by hand from the root of the repository, with the flags that
 * the property {@code chronicle.flags} of the parent pom lists:
 *
 * <pre>{@code
 * java $FLAGS -cp operators/target/classes:operators/target/test-classes:$CLASSPATH \
 *     io.kith.operators.ForgetFigures 100000 1000000
 * }</pre>
 */
final class ForgetFigures {
  private static final RecordLayout LAYOUT = StoredRecord.layout(ModelSizes.DEFAULT);
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 5;

  private ForgetFigures() {}

  /** Arguments: numbers of nodes. */
  public static void main(String[] args) {
    for (String arg : args) {
      int nodes = Integer.parseInt(arg);
      try (NodeStore store = ChronicleNodeStore.inMemory(LAYOUT, nodes)) {
        measure(new OwnedNodes(store, new KeyGroups(128, 1)), nodes, 1);
      }
      try (NodeStore store = ChronicleNodeStore.inMemory(LAYOUT, nodes)) {
        measure(new OwnedNodes(store, new KeyGroups(128, 1)), nodes, 100);
      }
    }
  }

  private static void measure(OwnedNodes nodes, int number, int together) {
    SplittableRandom random = new SplittableRandom(1);
    StoredRecord record = StoredRecord.blank(LAYOUT);
    for (int node = 0; node < number; node++) {
      for (int slot = 0; slot < LAYOUT.hop1Slots(); slot++) {
        record.hop1Key(slot, key(random.nextInt(number)));
      }
      for (int slot = 0; slot < LAYOUT.hop2Slots(); slot++) {
        record.hop2Key(slot, key(random.nextInt(number)));
      }
      nodes.write(key(node), record);
    }
    Forgetter forgetter = new Forgetter(nodes, LAYOUT);
    double least = Double.MAX_VALUE;
    double most = 0;
    int holders = 0;
    for (int round = 0; round < ROUNDS; round++) {
      KeyIndex keys = new KeyIndex();
      for (int i = 0; i < together; i++) {
        keys.add(key(round * together + i));
      }
      long begun = THREAD.getCurrentThreadCpuTime();
      holders += forgetter.forget(keys);
      double ms = (THREAD.getCurrentThreadCpuTime() - begun) / 1e6;
      least = Math.min(least, ms);
      most = Math.max(most, ms);
    }
    System.out.printf(
        "nodes=%d, forgotten at once=%d: ms=%.1f to %.1f, records written a sweep=%d%n",
        number, together, least, most, holders / ROUNDS);
  }

  private static long key(int node) {
    return NodeKey.mix(node + 1);
  }
}
