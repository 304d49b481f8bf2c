package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import io.kith.model.Weights;
import io.kith.state.HeapNodeStore;
import io.kith.state.KeyIndex;
import io.kith.state.RecordLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForgetterTest {
  private static final Weights WEIGHTS =
      Weights.random(new ModelSizes(4, 2, 0, 3, 8, 8, 4, 5, 6, List.of(9L), List.of(7L, 70L)), 2);
  private static final RecordLayout LAYOUT = StoredRecord.layout(WEIGHTS.sizes());

  private final OwnedNodes nodes =
      new OwnedNodes(new HeapNodeStore(LAYOUT, 1_000), new KeyGroups(4, 1));
  private final Lap lap = new Lap(WEIGHTS, nodes, PredictionSettings.ranks(3));
  private final Forgetter forgetter = new Forgetter(nodes, LAYOUT);

  @Test
  void aForgottenNodeHasNoRecordAndStandsInNoOther() {
    run(0, new Interaction("a", "x", 1));
    run(1, new Interaction("a", "b", 1_001));
    assertThat(holds(record("a"), NodeKey.of("x"))).as("hop 1").isTrue();
    assertThat(holds(record("b"), NodeKey.of("x"))).as("hop 2").isTrue();
    nodes.changed().clear();

    int swept = forgetter.forget(keys("x"));

    assertThat(swept).isEqualTo(2);
    assertThat(nodes.read(NodeKey.of("x"), new StoredRecord(LAYOUT))).isFalse();
    assertThat(holds(record("a"), NodeKey.of("x"))).isFalse();
    assertThat(holds(record("b"), NodeKey.of("x"))).isFalse();
    assertThat(holds(record("a"), NodeKey.of("b"))).as("others stay").isTrue();
    assertThat(nodes.changed().toArray())
        .as("goes into the next checkpoint")
        .containsExactlyInAnyOrder(NodeKey.of("x"), NodeKey.of("a"), NodeKey.of("b"));
  }

  @Test
  void noRankUsesItAnyMore() {
    run(0, new Interaction("a", "x", 1), new Interaction("c", "y", 2));
    forgetter.forget(keys("x"));
    assertThat(contains(nodes.targetsBeside(NodeKey.of("x")), "x")).isFalse();
  }

  @Test
  void aNodeThatComesBackIsANewOne() {
    run(0, new Interaction("a", "x", 1), new Interaction("x", "c", 2));
    forgetter.forget(keys("x"));
    run(1, new Interaction("d", "x", 1_000));
    assertThat(record("x").interactions()).isEqualTo(1);
    assertThat(holds(record("x"), NodeKey.of("a"))).isFalse();
  }

  @Test
  void oneNobodyKnowsChangesNothing() {
    run(0, new Interaction("a", "b", 1));
    nodes.changed().clear();
    assertThat(forgetter.forget(keys("nobody"))).isZero();
    assertThat(nodes.changed().toArray()).isEmpty();
  }

  /** The slots that hold none of them keep every byte; the others are as if never used. */
  @Test
  void everySlotOfThemIsEmptiedAndNothingElseIsTouched() {
    for (int run = 1; run <= 5; run++) {
      long seed = run;
      fill(seed);
      Map<Long, byte[]> before = contents();
      List<String> ids = List.of("n1", "n5", "nobody");
      Set<Long> gone = new HashSet<>();
      ids.forEach(id -> gone.add(NodeKey.of(id)));

      forgetter.forget(keys(ids.toArray(String[]::new)));

      Map<Long, byte[]> expected = new HashMap<>();
      before.forEach(
          (key, bytes) -> {
            if (!gone.contains(key)) {
              expected.put(key, without(bytes, gone));
            }
          });
      Map<Long, byte[]> after = contents();
      assertThat(after.keySet()).as("seed=" + seed).isEqualTo(expected.keySet());
      after.forEach(
          (key, bytes) ->
              assertThat(bytes).as("seed=%d, key=%d", seed, key).isEqualTo(expected.get(key)));
      assertThat(
              before.values().stream()
                  .anyMatch(bytes -> !Arrays.equals(bytes, without(bytes, gone))))
          .as("seed=%d has something to forget", seed)
          .isTrue();
    }
  }

  /** The record with other slots copied into a fresh one: a second way to say the same. */
  private static byte[] without(byte[] bytes, Set<Long> gone) {
    StoredRecord from = new StoredRecord(LAYOUT);
    from.wrap(bytes, 0);
    StoredRecord to = StoredRecord.blank(LAYOUT);
    float[] floats = new float[16];
    to.roles(from.roles());
    to.tau(from.tau());
    to.interactions(from.interactions());
    from.readSelf(floats, 0);
    to.writeSelf(floats, 0);
    for (int role = 0; role < 2; role++) {
      to.activity(role, 0, from.activity(role, 0));
    }
    for (int i = 0; i < LAYOUT.hop1Slots(); i++) {
      if (!gone.contains(from.hop1Key(i))) {
        to.hop1Key(i, from.hop1Key(i));
        to.hop1Time(i, from.hop1Time(i));
        to.hop1Count(i, from.hop1Count(i));
        to.hop1Direction(i, from.hop1Direction(i));
        to.hop1Pair(i, 0, from.hop1Pair(i, 0));
        to.hop1Pair(i, 1, from.hop1Pair(i, 1));
        from.readHop1(i, floats, 0);
        to.writeHop1(i, floats, 0);
      }
    }
    for (int i = 0; i < LAYOUT.hop2Slots(); i++) {
      if (!gone.contains(from.hop2Key(i))) {
        to.hop2Key(i, from.hop2Key(i));
        to.hop2Time(i, from.hop2Time(i));
        from.readHop2(i, floats, 0);
        to.writeHop2(i, floats, 0);
      }
    }
    byte[] result = new byte[LAYOUT.length()];
    to.copyTo(result, 0);
    return result;
  }

  private void fill(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int window = 0; window < 30; window++) {
      List<Interaction> some = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        int source = random.nextInt(20);
        int target = (source + 1 + random.nextInt(19)) % 20;
        some.add(new Interaction("n" + source, "n" + target, 1_000L * window + i));
      }
      run(window, some.toArray(Interaction[]::new));
    }
  }

  private Map<Long, byte[]> contents() {
    Map<Long, byte[]> contents = new HashMap<>();
    nodes
        .store()
        .forEach(
            new StoredRecord(LAYOUT),
            (key, record) -> {
              byte[] bytes = new byte[LAYOUT.length()];
              record.copyTo(bytes, 0);
              contents.put(key, bytes);
            });
    return contents;
  }

  private void run(long window, Interaction... interactions) {
    Inbox inbox = new Inbox();
    for (Interaction interaction : interactions) {
      inbox.add(new Half(window, interaction, true), null);
      inbox.add(new Half(window, interaction, false), null);
    }
    lap.run(window, inbox, new Silent());
  }

  private StoredRecord record(String id) {
    StoredRecord record = new StoredRecord(LAYOUT);
    assertThat(nodes.read(NodeKey.of(id), record)).as(id).isTrue();
    return record;
  }

  private static boolean holds(StoredRecord record, long key) {
    for (int i = 0; i < LAYOUT.hop1Slots(); i++) {
      if (record.hop1Key(i) == key) {
        return true;
      }
    }
    for (int i = 0; i < LAYOUT.hop2Slots(); i++) {
      if (record.hop2Key(i) == key) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(KeyIndex index, String id) {
    return index.contains(NodeKey.of(id));
  }

  private static KeyIndex keys(String... ids) {
    KeyIndex keys = new KeyIndex();
    for (String id : ids) {
      keys.add(NodeKey.of(id));
    }
    return keys;
  }

  private record Silent() implements Lap.Output {
    @Override
    public void predicted(ReusedPrediction prediction) {
      // Not looked at.
    }

    @Override
    public void changed(long window, String id, long key, StoredRecord record) {
      // The store is looked at.
    }
  }
}
