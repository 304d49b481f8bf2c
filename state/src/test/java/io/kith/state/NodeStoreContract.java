package io.kith.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store keeps to. A store passes it by a subclass that opens it. */
abstract class NodeStoreContract {
  private static final int CAPACITY = 500;
  private static final RecordLayout LAYOUT = new RecordLayout(5, 3, 8, 8, 2, 1);

  private final RecordFlyweight scratch = new RecordFlyweight(LAYOUT);
  private final RecordFlyweight view = new RecordFlyweight(LAYOUT);
  private NodeStore store;

  /** A new, empty store. */
  abstract NodeStore open(RecordLayout layout, long capacity) throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open(LAYOUT, CAPACITY);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void keepsARecordForEachNodeAndShowsItInPlace() {
    assertThat(store.read(7, view)).isFalse();

    scratch.tau(1_000);
    scratch.interactions(1);
    store.write(7, scratch);
    scratch.tau(2_000); // the store has a copy
    store.write(-8, scratch);

    RecordFlyweight other = new RecordFlyweight(LAYOUT);
    assertThat(store.read(7, view)).isTrue();
    assertThat(store.read(-8, other)).isTrue();
    assertThat(view.tau()).isEqualTo(1_000);
    assertThat(other.tau()).isEqualTo(2_000);

    assertThat(store.remove(7)).isTrue();
    assertThat(store.remove(7)).isFalse();
    assertThat(store.read(7, view)).isFalse();
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.capacity()).isEqualTo(CAPACITY);
    assertThat(store.load()).isEqualTo(1.0 / CAPACITY);
    assertThat(store.bytesPerNode()).isGreaterThanOrEqualTo(LAYOUT.length());
  }

  @Test
  void aKnownNodeIsReadAndWrittenWithoutAllocating() {
    assertThat(allocatedByACall(call -> store.write(call % CAPACITY, scratch))).isLessThan(1);
    assertThat(allocatedByACall(call -> store.read(call % (2L * CAPACITY), view))).isLessThan(1);
  }

  /** Bytes, once a first round has loaded and set up what is kept. */
  static double allocatedByACall(LongConsumer calls) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int rounds = 10_000;
    long allocated = 0;
    for (int attempt = 0; attempt < 2; attempt++) {
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int call = 0; call < rounds; call++) {
        calls.accept(call);
      }
      allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
    return (double) allocated / rounds;
  }

  @Test
  void writesThroughAViewAreWritesToTheRecord() {
    store.write(1, scratch);
    store.read(1, view);
    view.interactions(3);
    RecordFlyweight again = new RecordFlyweight(LAYOUT);
    store.read(1, again);
    assertThat(again.interactions()).isEqualTo(3);
    store.write(1, again); // onto itself
    store.read(1, view);
    assertThat(view.interactions()).isEqualTo(3);
  }

  @Test
  void anyKeyIsAKey() {
    long[] keys = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32};
    for (long key : keys) {
      scratch.tau(~key);
      store.write(key, scratch);
    }
    for (long key : keys) {
      assertThat(store.read(key, view)).isTrue();
      assertThat(view.tau()).isEqualTo(~key);
    }
  }

  @Test
  void takesTheDeclaredNodesAndRefusesTheNextBeforeAnythingIsLost() {
    for (int key = 1; key <= CAPACITY; key++) {
      scratch.tau(key);
      store.write(key, scratch);
    }
    scratch.tau(-1);
    assertThatThrownBy(() -> store.write(CAPACITY + 1, scratch))
        .isInstanceOf(StoreFullException.class)
        .hasMessage("store full, node refused: raise the setting nodes; capacity=500, size=500");
    assertThat(store.load()).isEqualTo(1.0);
    for (int key = 1; key <= CAPACITY; key++) {
      assertThat(store.read(key, view)).isTrue();
      assertThat(view.tau()).isEqualTo(key);
    }
    assertThat(store.read(CAPACITY + 1, view)).isFalse();

    store.write(3, scratch); // what is there can still change
    store.remove(4);
    store.write(CAPACITY + 1, scratch); // and who leaves makes room
    assertThat(store.size()).isEqualTo(CAPACITY);
  }

  @Test
  void churnNeitherFailsNorGrowsNorMixesRecords() {
    long seed = 20_260_101;
    SplittableRandom random = new SplittableRandom(seed);
    Map<Long, Long> expected = new HashMap<>();
    long[] live = new long[CAPACITY];
    long bytes = store.bytesPerNode();
    for (int inserted = 0; inserted < 20 * CAPACITY; inserted++) {
      int at = inserted < CAPACITY ? inserted : random.nextInt(CAPACITY);
      if (inserted >= CAPACITY) {
        assertThat(store.remove(live[at])).as("seed=%s", seed).isTrue();
        expected.remove(live[at]);
      }
      live[at] = random.nextLong();
      scratch.tau(random.nextLong());
      store.write(live[at], scratch);
      expected.put(live[at], scratch.tau());
    }
    assertThat(contents()).as("seed=%s", seed).isEqualTo(expected);
    assertThat(store.size()).isEqualTo(CAPACITY);
    assertThat(store.bytesPerNode()).isEqualTo(bytes);
  }

  @Test
  void holdsWhatAMapHoldsUnderAnyOperations() {
    long seed = 20_260_102;
    SplittableRandom random = new SplittableRandom(seed);
    Map<Long, Long> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextLong(2 * CAPACITY);
      String at = "seed=" + seed + ", operation=" + i;
      if (random.nextInt(3) == 0) {
        assertThat(store.remove(key)).as(at).isEqualTo(expected.remove(key) != null);
      } else if (expected.containsKey(key) || expected.size() < CAPACITY) {
        scratch.tau(i);
        store.write(key, scratch);
        expected.put(key, (long) i);
      }
      long asked = random.nextLong(2 * CAPACITY);
      Long tau = expected.get(asked);
      assertThat(store.read(asked, view)).as(at).isEqualTo(tau != null);
      if (tau != null) {
        assertThat(view.tau()).as(at).isEqualTo(tau);
      }
      assertThat(store.size()).as(at).isEqualTo(expected.size());
    }
    assertThat(contents()).as("seed=%s", seed).isEqualTo(expected);
  }

  @Test
  void refusesRecordsThatAreNotItsOwn() {
    RecordLayout other = new RecordLayout(6, 3, 8, 8, 2, 1);
    RecordFlyweight foreign = new RecordFlyweight(other);
    assertThatThrownBy(() -> store.write(1, foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("record of another layout: [" + other + "], expected: [" + LAYOUT + "]");
    assertThatThrownBy(() -> store.read(1, foreign)).hasMessageContaining("selfDim=6");

    scratch.wrap(new byte[LAYOUT.length()], 0);
    assertThatThrownBy(() -> store.write(1, scratch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("record of another layout, or never cleared: version=0, expected=1");
    assertThat(store.size()).isZero();
  }

  @Test
  void aStoreOfNoNodesIsRefused() {
    assertThatThrownBy(() -> open(LAYOUT, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("store of no nodes: raise the setting nodes; nodes=0");
  }

  @Test
  void aClosedStoreIsNotUsed() {
    store.write(1, scratch);
    store.close();
    store.close();
    assertThatThrownBy(() -> store.read(1, view)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.write(1, scratch)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.remove(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(this::contents).isInstanceOf(IllegalStateException.class);
  }

  /** The two threads of a subtask: they alternate, each seeing what the other did. */
  @Test
  void anotherThreadMayWriteBetweenPhasesOfReading() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      for (int window = 1; window <= 50; window++) {
        int now = window;
        writer
            .submit(
                () -> {
                  scratch.tau(now);
                  store.write(now, scratch);
                  store.write(0, scratch);
                })
            .get();
        RecordFlyweight newest = new RecordFlyweight(LAYOUT);
        assertThat(store.read(0, newest)).isTrue();
        assertThat(store.read(now, view)).isTrue();
        assertThat(newest.tau()).isEqualTo(now);
        assertThat(view.tau()).isEqualTo(now);
      }
    } finally {
      writer.shutdown();
    }
  }

  private Map<Long, Long> contents() {
    Map<Long, Long> found = new HashMap<>();
    store.forEach(view, (key, record) -> assertThat(found.put(key, record.tau())).isNull());
    return found;
  }

  /** As the two do that share a store: one reads for a window, the other what it has to save. */
  @Test
  void twoMayReadAtATime() throws Exception {
    for (long key = 1; key <= CAPACITY; key++) {
      scratch.tau(key);
      store.write(key, scratch);
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Long>> readers = new ArrayList<>();
      for (long seed = 0; seed < 2; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        readers.add(threads.submit(() -> wrongReads(random)));
      }
      for (Future<Long> reader : readers) {
        assertThat(reader.get(1, TimeUnit.MINUTES)).as("records of other nodes").isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private long wrongReads(SplittableRandom random) {
    RecordFlyweight own = new RecordFlyweight(LAYOUT);
    long wrong = 0;
    for (int i = 0; i < 200_000; i++) {
      long key = random.nextLong(1, CAPACITY + 1);
      wrong += store.read(key, own) && own.tau() == key ? 0 : 1;
    }
    return wrong;
  }
}
