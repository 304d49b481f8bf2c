package io.kith.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * Prints what the stores cost at the default sizes: ns a call over random keys, the last of five
 * rounds, and bytes a node. Run by hand from the root of the repository, with the flags that the
 * property {@code chronicle.flags} of the parent pom lists:
 *
 * <pre>{@code
 * mvn -q test-compile dependency:build-classpath -pl state -Dmdep.outputFile=target/classpath
 * java $FLAGS -Xmx4g -cp state/target/classes:state/target/test-classes:$(cat state/target/classpath) \
 *     io.kith.state.StoreFigures 100000 1000000
 * }</pre>
 */
final class StoreFigures {
  private static final RecordLayout LAYOUT = new RecordLayout(32, 4, 32, 16, 2, 1);
  private static final int ROUNDS = 5;
  private static final int CALLS = 500_000;

  private final NodeStore store;
  private final long[] keys;
  private final RecordFlyweight view = new RecordFlyweight(LAYOUT);
  private final float[] vector = new float[LAYOUT.selfDim()];
  private float sink;

  private StoreFigures(NodeStore store) {
    this.store = store;
    keys = new SplittableRandom(1).longs(store.capacity()).toArray();
  }

  /** Arguments: numbers of nodes. */
  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 2; i++) {
      long before = System.nanoTime();
      ChronicleNodeStore.inMemory(LAYOUT, 1).close();
      print(
          "%s store: ms=%d", i == 0 ? "first" : "second", (System.nanoTime() - before) / 1_000_000);
    }
    Path directory = Files.createTempDirectory("kith-figures");
    for (String arg : args) {
      int nodes = Integer.parseInt(arg);
      try (NodeStore store = ChronicleNodeStore.inMemory(LAYOUT, nodes)) {
        new StoreFigures(store).measure("memory");
      }
      try (NodeStore store = ChronicleNodeStore.onDisk(LAYOUT, nodes, directory)) {
        new StoreFigures(store).measure("disk");
      }
      try (NodeStore store = new HeapNodeStore(LAYOUT, nodes)) {
        new StoreFigures(store).measure("heap");
      }
    }
    Files.delete(directory);
  }

  private void measure(String name) {
    RecordFlyweight fresh = new RecordFlyweight(LAYOUT);
    RecordFlyweight copy = new RecordFlyweight(LAYOUT);
    for (long key : keys) {
      store.write(key, fresh);
    }
    double read = 0;
    double scan = 0;
    double copied = 0;
    double written = 0;
    for (int round = 0; round < ROUNDS; round++) {
      read = nanos(round, key -> store.read(key, view));
      scan = nanos(round, this::scan);
      copied =
          nanos(
              round,
              key -> {
                store.read(key, view);
                copy.copyFrom(view);
              });
      written = nanos(round, key -> store.write(key, fresh));
    }
    print(
        "%s: nodes=%d, record bytes=%d, bytes a node=%d, ns: read=%.0f, read and use all=%.0f,"
            + " read and copy=%.0f, write=%.0f (%s)",
        name,
        store.capacity(),
        LAYOUT.length(),
        store.bytesPerNode(),
        read,
        scan,
        copied,
        written,
        Float.isNaN(sink) ? "?" : "ok");
  }

  /** Touches what a score touches: the self representation and all slots. */
  private void scan(long key) {
    store.read(key, view);
    view.readSelf(vector, 0);
    for (int slot = 0; slot < LAYOUT.hop1Slots(); slot++) {
      sink += view.hop1Key(slot) + view.hop1Time(slot) + vector[0];
      view.readHop1(slot, vector, 0);
    }
    for (int slot = 0; slot < LAYOUT.hop2Slots(); slot++) {
      sink += view.hop2Key(slot) + view.hop2Time(slot) + vector[0];
      view.readHop2(slot, vector, 0);
    }
  }

  private double nanos(int seed, LongConsumer call) {
    SplittableRandom random = new SplittableRandom(seed);
    long before = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      call.accept(keys[random.nextInt(keys.length)]);
    }
    return (System.nanoTime() - before) / (double) CALLS;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
