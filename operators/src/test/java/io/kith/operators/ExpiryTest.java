package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.ModelSizes;
import io.kith.operators.KithOptions.WhenFull;
import io.kith.state.HeapNodeStore;
import io.kith.state.RecordLayout;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {
  private static final RecordLayout LAYOUT =
      StoredRecord.layout(new ModelSizes(1, 1, 0, 1, 1, 0, 1, 1, 1, List.of(), List.of()));

  private final StoredRecord record = StoredRecord.blank(LAYOUT);

  @Test
  void aNodeIsForgottenWhenItsLastInteractionIsATimeToLiveAgo() {
    OwnedNodes nodes = nodes(100, 1_000);
    write(nodes, 1, 50);
    write(nodes, 2, 50);
    write(nodes, 2, 750); // which does not move its entry

    nodes.expire(10); // starts at 1,000
    assertThat(keys(nodes)).containsExactly(1L, 2L);
    nodes.expire(11);
    assertThat(keys(nodes)).as("1,050 rounded up to a window").containsExactly(2L);
    nodes.expire(17);
    assertThat(keys(nodes)).containsExactly(2L);
    nodes.expire(18);
    assertThat(keys(nodes)).isEmpty();
    assertThat(nodes.expired()).isEqualTo(2);
    assertThat(nodes.changed().toArray()).containsExactlyInAnyOrder(1L, 2L);

    write(nodes, 1, 1_850); // comes back
    nodes.expire(28);
    assertThat(keys(nodes)).containsExactly(1L);
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1000, 1000", // not below a window
    "64000, 1000, 1000",
    "64001, 1000, 2000", // a 64th, in whole windows
    "640, 0, 10", // windows of distinct times
    "1, 0, 1",
  })
  void theRoundingIsA64thInWholeWindows(long ttl, long window, long width) {
    assertThat(Expiry.width(ttl, window)).isEqualTo(width);
  }

  @Test
  void timesAtTheEndsOfTheirRangeAreTimes() {
    OwnedNodes nodes = nodes(1_000, 5_000);
    write(nodes, 1, Long.MAX_VALUE);
    write(nodes, 2, Long.MAX_VALUE - 4_000);
    write(nodes, 3, -9_000);
    nodes.expire(-5);
    assertThat(keys(nodes)).containsExactly(1L, 2L, 3L);
    nodes.expire(-4);
    assertThat(keys(nodes)).containsExactly(1L, 2L);
    nodes.expire(Long.MAX_VALUE / 1_000);
    assertThat(keys(nodes)).containsExactly(1L, 2L);
  }

  /**
   * Nodes come, act early, late or ahead, are removed for other reasons and come back. One store
   * sees the start of every window, the other only of those with something in them, in another
   * order.
   */
  @ParameterizedTest
  @CsvSource({"0, 40", "1, 500", "7, 5", "7, 1000", "1000, 100000", "1000, 3"})
  void aNodeIsThereUntilItsTimeIsOverHoweverTimeIsStepped(long length, long ttl) {
    long seed = 20_261_122;
    SplittableRandom random = new SplittableRandom(seed);
    Windows windows = new Windows(length);
    OwnedNodes often = nodes(length, ttl);
    OwnedNodes seldom = nodes(length, ttl);
    Map<Long, Long> expected = new HashMap<>();
    long unit = Math.max(1, length);
    long window = -50;
    for (int step = 0; step < 1_500; step++) {
      long next =
          window + (random.nextInt(4) == 0 ? random.nextLong(1, 1 + 2 * ttl / unit + 2) : 1);
      for (long between = window + 1; between <= next; between++) {
        often.expire(between);
      }
      window = next;
      seldom.expire(window);
      long start = windows.start(window);
      expected.values().removeIf(tau -> end(tau, ttl, length) <= start);
      String at = "seed=%d, window=%d".formatted(seed, window);
      assertThat(keys(often)).as(at).isEqualTo(new TreeSet<>(expected.keySet()));
      assertThat(keys(seldom)).as(at).isEqualTo(new TreeSet<>(expected.keySet()));

      Map<Long, Long> acting = new HashMap<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        long time = start + random.nextLong(unit);
        if (random.nextInt(5) == 0) {
          time += random.nextLong(-3 * ttl - 1, ttl + 1);
        }
        long key = random.nextLong(60);
        acting.put(key, Math.max(time, expected.getOrDefault(key, Long.MIN_VALUE)));
      }
      acting.forEach((key, tau) -> write(often, key, tau));
      new TreeSet<>(acting.keySet())
          .descendingSet()
          .forEach(key -> write(seldom, key, acting.get(key)));
      expected.putAll(acting);
      if (random.nextInt(3) == 0) {
        long gone = random.nextLong(60);
        assertThat(often.remove(gone)).as(at).isEqualTo(expected.remove(gone) != null);
        seldom.remove(gone);
      }
    }
    assertThat(often.expired()).isEqualTo(seldom.expired()).isPositive();
  }

  /** In whole numbers without end: the least multiple of the width not before tau + ttl. */
  private static long end(long tau, long ttl, long length) {
    BigInteger width = BigInteger.valueOf(Expiry.width(ttl, length));
    BigInteger due = BigInteger.valueOf(tau).add(BigInteger.valueOf(ttl));
    BigInteger beyond = due.mod(width);
    return (beyond.signum() == 0 ? due : due.add(width).subtract(beyond)).longValueExact();
  }

  @Test
  void nodesThatComeAndGoLeaveNoEntriesBehind() {
    HeapNodeStore store = new HeapNodeStore(LAYOUT, 10);
    Expiry expiry = new Expiry(new Windows(1), 1_000_000, store, new StoredRecord(LAYOUT));
    for (int i = 0; i < 100_000; i++) {
      long key = i % 10;
      record.tau(i);
      store.write(key, record);
      expiry.added(key, i);
      if (i % 10 < 8) {
        store.remove(key);
      }
    }
    assertThat(expiry.entries()).isLessThan(2_000);
    expiry.due(2_000_000, store::remove);
    assertThat(store.size()).isZero();
    assertThat(expiry.entries()).isZero();
  }

  private static OwnedNodes nodes(long window, long ttl) {
    return OwnedNodes.keeping(
        new Retention(1_000, ttl, WhenFull.STOP),
        new HeapNodeStore(LAYOUT, 1_000),
        LAYOUT,
        new KeyGroups(4, 1),
        new Windows(window));
  }

  private void write(OwnedNodes nodes, long key, long tau) {
    record.tau(tau);
    nodes.write(key, record);
  }

  private static Set<Long> keys(OwnedNodes nodes) {
    Set<Long> keys = new TreeSet<>();
    nodes.store().forEach(new StoredRecord(LAYOUT), (key, view) -> keys.add(key));
    return keys;
  }
}
