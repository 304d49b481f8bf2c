package io.kith.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.values.Values;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** What the off-heap store promises beyond the contract of all stores. */
class ChronicleNodeStoreTest {
  private static final RecordLayout LAYOUT = new RecordLayout(32, 4, 32, 16, 2, 1);

  @Test
  void noStoreOnDiskFindsWhatAnotherLeft(@TempDir Path temporary) throws IOException {
    Path directory = temporary.resolve("made").resolve("on demand");
    RecordFlyweight record = new RecordFlyweight(LAYOUT);
    try (NodeStore store = ChronicleNodeStore.onDisk(LAYOUT, 10, directory)) {
      store.write(1, record);
      assertThat(directory).as("a crash here leaves no file").isEmptyDirectory();

      // a restart in the same process, while the first store is still open
      try (NodeStore next = ChronicleNodeStore.onDisk(LAYOUT, 10, directory)) {
        assertThat(next.read(1, record)).isFalse();
      }
      assertThat(store.read(1, record)).isTrue();
    }
  }

  @Test
  void aNodeCanBeReadWhileOthersAreWrittenAndRemoved() throws Exception {
    long nodes = 1_000;
    long seed = 20_261_122;
    SplittableRandom random = new SplittableRandom(seed);
    RecordFlyweight record = new RecordFlyweight(LAYOUT);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (NodeStore store = ChronicleNodeStore.inMemory(LAYOUT, 2 * nodes)) {
      for (int key = 0; key < nodes; key++) {
        record.tau(key);
        store.write(key, record);
      }
      Future<?> others = writer.submit(() -> change(store, nodes, new SplittableRandom(seed)));
      RecordFlyweight view = new RecordFlyweight(LAYOUT);
      int reads = 0;
      while (!others.isDone() || reads < nodes) {
        long key = random.nextLong(nodes);
        String at = "seed=" + seed + ", read=" + reads++;
        assertThat(store.read(key, view)).as(at).isTrue();
        assertThat(view.tau()).as(at).isEqualTo(key);
      }
      others.get();
    } finally {
      writer.shutdownNow();
    }
  }

  /** Writes and removes nodes from {@code from} on. */
  private static void change(NodeStore store, long from, SplittableRandom random) {
    RecordFlyweight record = new RecordFlyweight(LAYOUT);
    record.tau(-1);
    for (int i = 0; i < 200_000; i++) {
      long key = random.nextLong(from, 2 * from);
      if (random.nextInt(3) == 0) {
        store.remove(key);
      } else {
        store.write(key, record);
      }
    }
  }

  @Test
  void recordsAreAlignedToLongs() {
    long seed = 20_260_107;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20; i++) {
      RecordLayout layout = RecordLayoutTest.randomLayout(random);
      RecordFlyweight view = new RecordFlyweight(layout);
      try (NodeStore store = ChronicleNodeStore.inMemory(layout, 50)) {
        for (int key = 0; key < 50; key++) {
          store.write(key, new RecordFlyweight(layout));
          store.read(key, view);
          assertThat(view.address() % 8).as("seed=%s, layout=[%s]", seed, layout).isZero();
        }
      }
    }
  }

  @Test
  void theIndexAddsLittleToThePayload() {
    for (int nodes : new int[] {1_000, 10_000, 100_000}) {
      try (NodeStore store = ChronicleNodeStore.inMemory(LAYOUT, nodes)) {
        assertThat(store.bytesPerNode())
            .as("nodes=%s", nodes)
            .isBetween(LAYOUT.length() + 8L, LAYOUT.length() + 32L);
      }
    }
  }

  @Test
  @EnabledOnJre(value = JRE.JAVA_17, disabledReason = "compiled ahead by the oldest Java alone")
  void theFirstStoreOfAProcessCompilesNothing() {
    try (NodeStore store = ChronicleNodeStore.inMemory(LAYOUT, 1)) {
      assertThat(store.size()).isZero();
    }
    Class<?> compiled = Values.nativeClassFor(VanillaGlobalMutableState.class);
    assertThat(compiled.getProtectionDomain().getCodeSource().getLocation())
        .isEqualTo(ChronicleNodeStore.class.getProtectionDomain().getCodeSource().getLocation());
  }

  @Test
  void aNewNodeAllocatesNothing() {
    int nodes = 100;
    try (NodeStore store = ChronicleNodeStore.inMemory(LAYOUT, nodes)) {
      RecordFlyweight record = new RecordFlyweight(LAYOUT);
      assertThat(
              NodeStoreContract.allocatedByACall(
                  call -> {
                    store.remove(call % nodes);
                    store.write(call % nodes, record);
                  }))
          .isLessThan(1);
    }
  }

  @Test
  void refusesMoreNodesThanItOrTheMachineCanHold() {
    assertThatThrownBy(() -> ChronicleNodeStore.inMemory(LAYOUT, (1L << 29) + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "too many nodes for one store: lower the setting nodes or raise the parallelism;"
                + " most=536870912, nodes=536870913");

    RecordLayout huge =
        new RecordLayout(32, 1_024, 1_024, 0, 0, 0); // 2 PB, beyond any address space
    assertThatThrownBy(() -> ChronicleNodeStore.inMemory(huge, 1L << 29))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "store does not fit in memory: lower the setting nodes or raise the parallelism;"
                + " nodes=536870912, record bytes=4215952");
  }

  @Test
  @Tag("long")
  void churnOfAFullStoreNeitherFailsNorGrows() {
    long seed = 20_260_108;
    SplittableRandom random = new SplittableRandom(seed);
    int nodes = 100_000;
    RecordFlyweight record = new RecordFlyweight(LAYOUT);
    RecordFlyweight view = new RecordFlyweight(LAYOUT);
    try (NodeStore store = ChronicleNodeStore.inMemory(LAYOUT, nodes)) {
      long bytes = store.bytesPerNode();
      long[] live = random.longs(nodes).toArray();
      for (long key : live) {
        record.tau(key);
        store.write(key, record);
      }
      for (int i = 0; i < 20 * nodes; i++) {
        int at = random.nextInt(nodes);
        assertThat(store.remove(live[at])).as("seed=%s", seed).isTrue();
        live[at] = random.nextLong();
        record.tau(live[at]);
        store.write(live[at], record);
      }
      for (long key : live) {
        assertThat(store.read(key, view)).as("seed=%s", seed).isTrue();
        assertThat(view.tau()).as("seed=%s", seed).isEqualTo(key);
      }
      assertThat(store.size()).isEqualTo(nodes);
      assertThat(store.bytesPerNode()).isEqualTo(bytes);
    }
  }
}
