package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final long U = 1;
  private static final long V = 2;
  private final ModelSizes sizes = new ModelSizes(2, 1, 0, 1, 8, 8, 4, 1, 1, List.of(), List.of());

  @Test
  void namesBothNodesThenTheSharedOnesThenTheNewestOfEither() {
    HeapRecord ofU = record(100, Map.of(10L, 90L, 11L, 80L, 12L, 70L), Map.of(20L, 60L));
    HeapRecord ofV = record(95, Map.of(20L, 50L, 12L, 40L, 13L, 30L), Map.of(U, 95L));

    Explanation all = new Explainer(sizes, 5).explain(U, ofU, V, ofV, 100);

    assertThat(all.jointSize()).isEqualTo(7);
    assertThat(all.sharedSize()).as("12 and 20").isEqualTo(2);
    assertThat(all.entries())
        .containsExactly(
            entry(U, 0b100001, 0L, 5L),
            entry(V, 0b001000, null, 5L),
            entry(12, 0b010010, 30L, 60L),
            entry(20, 0b010100, 40L, 50L),
            entry(10, 0b000010, 10L, null),
            entry(11, 0b000010, 20L, null),
            entry(13, 0b010000, null, 70L));
    assertThat(new Explainer(sizes, 1).explain(U, ofU, V, ofV, 100).entries())
        .extracting(Explanation.Entry::key)
        .containsExactly("1", "2", "12", "10", "13");
  }

  @Test
  void nodesNeverSeenHaveNothingAround() {
    HeapRecord blank = new HeapRecord(sizes);

    Explanation none = new Explainer(sizes, 5).explain(U, blank, V, blank, 100);

    assertThat(none)
        .isEqualTo(
            new Explanation(
                2, 0, List.of(entry(U, 0b000001, null, null), entry(V, 0b001000, null, null))));
  }

  private NodeSide side(long key, HeapRecord record) {
    NodeSide side = new NodeSide(sizes);
    side.read(key, record);
    return side;
  }

  @Test
  void hasTheCodesAndAgesThatTheScorerReads() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      HeapRecord ofU = random(random);
      HeapRecord ofV = random(random);
      JointNeighbourhood joint = new JointNeighbourhood(sizes);
      joint.source(side(U, ofU));
      joint.target(side(V, ofV));
      Map<String, Integer> codes = new TreeMap<>();
      Map<String, Long> newest = new TreeMap<>();
      for (int e = 0; e < joint.size(); e++) {
        codes.put(Long.toString(joint.key(e)), joint.code(e));
        newest.put(Long.toString(joint.key(e)), 1_000 - joint.newest(e));
      }

      Explanation explanation = new Explainer(sizes, 100).explain(U, ofU, V, ofV, 1_000);

      assertThat(explanation.jointSize()).as("seed=" + seed).isEqualTo(joint.size());
      for (Explanation.Entry entry : explanation.entries()) {
        assertThat(entry.code()).as("seed=" + seed).isEqualTo(codes.get(entry.key()));
        long ofSource = entry.sourceAge() == null ? Long.MAX_VALUE : entry.sourceAge();
        long ofTarget = entry.targetAge() == null ? Long.MAX_VALUE : entry.targetAge();
        assertThat(Math.min(ofSource, ofTarget))
            .as("seed=" + seed)
            .isEqualTo(newest.get(entry.key()));
      }
      assertThat(explanation.entries()).extracting(Explanation.Entry::key).doesNotHaveDuplicates();
    }
  }

  private static Explanation.Entry entry(long key, int code, Long sourceAge, Long targetAge) {
    return new Explanation.Entry(Long.toString(key), code, sourceAge, targetAge);
  }

  /** A record with so many direct partners and partners' partners, each with its newest time. */
  private HeapRecord record(long tau, Map<Long, Long> hop1, Map<Long, Long> hop2) {
    HeapRecord record = new HeapRecord(sizes);
    record.tau(tau);
    record.interactions(1);
    int slot = 0;
    for (Map.Entry<Long, Long> each : new TreeMap<>(hop1).entrySet()) {
      record.hop1Key(slot, each.getKey());
      record.hop1Time(slot, each.getValue());
      record.hop1Count(slot++, 1);
    }
    slot = 0;
    for (Map.Entry<Long, Long> each : new TreeMap<>(hop2).entrySet()) {
      record.hop2Key(slot, each.getKey());
      record.hop2Time(slot++, each.getValue());
    }
    return record;
  }

  private HeapRecord random(SplittableRandom random) {
    Map<Long, Long> hop1 = new TreeMap<>();
    Map<Long, Long> hop2 = new TreeMap<>();
    for (int i = random.nextInt(sizes.hop1() + 1); i > 0; i--) {
      hop1.put(1 + random.nextLong(12), random.nextLong(1_000));
    }
    for (int i = random.nextInt(sizes.hop2() + 1); i > 0; i--) {
      hop2.put(1 + random.nextLong(12), random.nextLong(1_000));
    }
    return record(random.nextLong(1_000), hop1, hop2);
  }
}
