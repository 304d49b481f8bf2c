package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import io.kith.operators.KithOptions.WhenFull;
import io.kith.state.HeapNodeStore;
import io.kith.state.RecordLayout;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final RecordLayout LAYOUT =
      StoredRecord.layout(new ModelSizes(1, 1, 0, 1, 1, 0, 1, 1, 1, List.of(), List.of()));

  @Test
  void theLeastRecentlyActiveMakeRoomForTheNew() {
    OwnedNodes nodes = nodes(3, 1);
    window(nodes, Map.of("a", 1L, "b", 2L, "c", 3L));
    window(nodes, Map.of("a", 4L));
    window(nodes, Map.of("d", 5L, "e", 5L));

    assertThat(keys(nodes)).containsOnlyKeys(key("a"), key("d"), key("e"));
    assertThat(nodes.evicted()).isEqualTo(2);
  }

  @Test
  void whoTakesPartStays() {
    OwnedNodes nodes = nodes(3, 1);
    window(nodes, Map.of("a", 1L, "b", 2L, "c", 3L));
    window(nodes, Map.of("a", 1L, "d", 4L));
    assertThat(keys(nodes)).containsOnlyKeys(key("a"), key("c"), key("d"));
  }

  @Test
  void aWindowOfMoreNodesThanFitIsAnError() {
    OwnedNodes nodes = nodes(3, 1);
    window(nodes, Map.of("a", 1L, "b", 2L));
    assertThatThrownBy(() -> window(nodes, Map.of("a", 3L, "c", 3L, "d", 3L, "e", 3L)))
        .isInstanceOf(TooManyNodesException.class)
        .hasMessage(
            "nodes of one window do not fit: raise nodes or shorten window; nodes=3, of one key"
                + " group=3, taking part of key group 0=4");
    assertThat(keys(nodes)).as("nothing is lost").containsOnlyKeys(key("a"), key("b"));
  }

  /** Against sorting all nodes of a group by time and key. */
  @Test
  void thoseAndOnlyThoseGoThatAreNamedByTimeAndKey() {
    for (long seed = 1; seed <= 8; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int groups = random.nextInt(1, 5);
      KeyGroups keyGroups = new KeyGroups(groups, 1);
      int quota = random.nextInt(20, 80);
      OwnedNodes nodes = nodes((long) quota * groups - random.nextInt(groups), groups);
      Map<Long, Long> expected = new HashMap<>();
      for (int window = 0; window < 400; window++) {
        Map<String, Long> acting = new HashMap<>();
        for (int i = random.nextInt(10); i > 0; i--) {
          acting.put("n" + random.nextInt(100 * groups), random.nextLong(3) + window / 4);
        }
        if (random.nextInt(4) == 0 && !expected.isEmpty()) { // removed for another reason
          long gone = expected.keySet().iterator().next();
          expected.remove(gone);
          assertThat(nodes.remove(gone)).isTrue();
        }
        window(nodes, acting);
        expect(expected, acting, keyGroups, quota);
        assertThat(keys(nodes))
            .as("seed=%d, window=%d", seed, window)
            .isEqualTo(new TreeMap<>(expected));
      }
      assertThat(nodes.evicted()).isPositive();
    }
  }

  private static void expect(
      Map<Long, Long> expected, Map<String, Long> acting, KeyGroups keyGroups, int quota) {
    Map<Long, Long> after = new HashMap<>();
    acting.forEach((id, tau) -> after.put(key(id), tau));
    for (int g = 0; g < keyGroups.number(); g++) {
      int group = g;
      long there = expected.keySet().stream().filter(k -> keyGroups.of(k) == group).count();
      long fresh =
          after.keySet().stream()
              .filter(k -> keyGroups.of(k) == group && !expected.containsKey(k))
              .count();
      long excess = there + fresh - quota;
      if (fresh > 0 && excess > 0) {
        expected.entrySet().stream()
            .filter(e -> keyGroups.of(e.getKey()) == group && !after.containsKey(e.getKey()))
            .sorted(
                Map.Entry.<Long, Long>comparingByValue()
                    .thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
            .limit(Math.max(excess, quota / 16))
            .map(Map.Entry::getKey)
            .toList()
            .forEach(expected::remove);
      }
    }
    expected.putAll(after);
  }

  private static OwnedNodes nodes(long nodes, int groups) {
    KeyGroups keyGroups = new KeyGroups(groups, 1);
    Retention retention = new Retention(nodes, 0, WhenFull.FORGET);
    return OwnedNodes.keeping(
        retention,
        new HeapNodeStore(LAYOUT, retention.capacity(keyGroups, 0)),
        LAYOUT,
        keyGroups,
        new Windows(1));
  }

  /** Writes the nodes of a window, each with the time of its last interaction. */
  private static void window(OwnedNodes nodes, Map<String, Long> acting) {
    NewRecords after = new NewRecords(LAYOUT);
    StoredRecord before = new StoredRecord(LAYOUT);
    StoredRecord blank = StoredRecord.blank(LAYOUT);
    acting.entrySet().stream()
        .sorted(Comparator.comparingLong(e -> key(e.getKey())))
        .forEach(
            e -> {
              Half half = new Half(0, new Interaction("other", e.getKey(), 0), true);
              boolean there = nodes.read(half.partner(), before);
              StoredRecord next = after.next(half, there ? before : blank);
              next.interactions(1);
              next.tau(e.getValue());
            });
    nodes.makeRoom(after);
    for (int i = 0; i < after.size(); i++) {
      nodes.write(after.addressed(i).partner(), after.record(i));
    }
  }

  private static long key(String id) {
    return NodeKey.of(id);
  }

  /** Keys and times. */
  private static Map<Long, Long> keys(OwnedNodes nodes) {
    Map<Long, Long> keys = new TreeMap<>();
    nodes.store().forEach(new StoredRecord(LAYOUT), (key, view) -> keys.put(key, view.tau()));
    return keys;
  }
}
