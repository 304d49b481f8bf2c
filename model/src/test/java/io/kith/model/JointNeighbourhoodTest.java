package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JointNeighbourhoodTest {
  private static final long SEED = 8;
  private static final long NOW = 10_000;
  private static final double SCALE = 700;

  private final ModelSizes sizes = new ModelSizes(1, 1, 0, 1, 8, 8, 4, 1, 1, List.of(), List.of());
  private final JointNeighbourhood joint = new JointNeighbourhood(sizes);

  @Test
  void keysOfTwoNodesAreJoinedAndSayWhereTheyStand() {
    HeapRecord ann = record(9_000);
    hop1(ann, 0, 3, 9_000);
    HeapRecord ben = record(8_600);
    hop1(ben, 0, 3, 8_600);
    hop2(ben, 0, 4, 8_000);

    joint.source(side(1, ann));
    joint.target(side(2, ben));

    assertThat(joint.size()).as("ann, their partner, ben, his partner's partner").isEqualTo(4);
    assertThat(joint.key(1)).isEqualTo(3);
    assertThat(joint.code(1)).as("in hop 1 of both").isEqualTo(0b010_010);
    assertThat(joint.newest(1)).isEqualTo(9_000);
    assertThat(joint.sharedNeighbours()).isEqualTo(1);
    assertThat(joint.nodes(0b010_010)).isEqualTo(1);
    assertThat(joint.nodes(0b000_010)).as("ann's alone").isZero();
    assertThat(joint.nodes(0b100_000)).as("in hop 2 of ben alone").isEqualTo(1);
    assertThat(joint.freshness(0b100_000)).isEqualTo(Math.rint(7 / 27.0 * 0x1p40) * 0x1p-40);
  }

  @Test
  void countsAndSumsAreThoseOfTheEntriesHoweverManyTargetsCameBefore() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 100; round++) {
      long u = 1 + random.nextLong(15);
      NodeSide source = side(u, random(random));
      joint.source(source);
      for (int n = 0; n < 10; n++) {
        long v = 1 + random.nextLong(15);
        NodeSide target = side(v, random(random));

        joint.target(target);

        assertMatches(plain(source, target), round);
      }
    }
  }

  private void assertMatches(Map<Long, long[]> plain, int round) {
    int[] nodes = new int[ModelSizes.CODES];
    double[] freshness = new double[ModelSizes.CODES];
    assertThat(joint.size()).isEqualTo(plain.size());
    for (int e = 0; e < joint.size(); e++) {
      assertThat(new long[] {joint.code(e), joint.newest(e)})
          .as("seed=%d, round=%d, key=%d", SEED, round, joint.key(e))
          .isEqualTo(plain.get(joint.key(e)));
      nodes[joint.code(e)]++;
      freshness[joint.code(e)] += joint.fresh(e);
    }
    for (int code = 0; code < nodes.length; code++) {
      assertThat(joint.nodes(code))
          .as("seed=%d, round=%d, code=%d", SEED, round, code)
          .isEqualTo(nodes[code]);
      assertThat(joint.freshness(code)).as("exact, whatever was moved").isEqualTo(freshness[code]);
      assertThat(nodes[code] == 0 || (joint.codes() >>> code & 1) == 1).isTrue();
    }
  }

  /** Code and newest time by key, as MODEL.md says it. */
  private static Map<Long, long[]> plain(NodeSide u, NodeSide v) {
    Map<Long, long[]> entries = new HashMap<>();
    int bit = 1;
    for (NodeSide side : new NodeSide[] {u, v}) {
      add(entries, side.key, bit, side.interactions > 0 ? side.tau : Long.MIN_VALUE);
      for (int i = 0; i < side.hop1Keys.length; i++) {
        add(entries, side.hop1Keys[i], bit << 1, side.hop1Times[i]);
      }
      for (int i = 0; i < side.hop2Keys.length; i++) {
        add(entries, side.hop2Keys[i], bit << 2, side.hop2Times[i]);
      }
      bit <<= 3;
    }
    return entries;
  }

  private static void add(Map<Long, long[]> entries, long key, int bit, long time) {
    if (key != NodeKey.EMPTY) {
      long[] entry = entries.computeIfAbsent(key, k -> new long[] {0, Long.MIN_VALUE});
      entry[0] |= bit;
      entry[1] = Math.max(entry[1], time);
    }
  }

  private HeapRecord random(SplittableRandom random) {
    HeapRecord record = random.nextInt(8) == 0 ? new HeapRecord(sizes) : record(time(random));
    long key = 1 + random.nextLong(3);
    for (int slot = random.nextInt(sizes.hop1());
        slot >= 0;
        slot--, key += 1 + random.nextLong(2)) {
      hop1(record, slot, key, time(random));
    }
    key = 1 + random.nextLong(3);
    for (int slot = random.nextInt(sizes.hop2());
        slot >= 0;
        slot--, key += 1 + random.nextLong(2)) {
      hop2(record, slot, key, time(random));
    }
    return record;
  }

  private static long time(SplittableRandom random) {
    return random.nextLong(NOW + 1_000);
  }

  private HeapRecord record(long tau) {
    HeapRecord record = new HeapRecord(sizes);
    record.tau(tau);
    record.interactions(1);
    return record;
  }

  private static void hop1(HeapRecord record, int slot, long key, long time) {
    record.hop1Key(slot, key);
    record.hop1Time(slot, time);
  }

  private static void hop2(HeapRecord record, int slot, long key, long time) {
    record.hop2Key(slot, key);
    record.hop2Time(slot, time);
  }

  private NodeSide side(long key, HeapRecord record) {
    NodeSide side = new NodeSide(sizes);
    side.read(key, record);
    side.freshen(NOW, SCALE);
    return side;
  }
}
