package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PopularTargetsTest {
  @Test
  void keepsTheMostActive() {
    PopularTargets popular = new PopularTargets(2);
    popular.offer(7, 1.0);
    popular.offer(8, 3.0);
    popular.offer(9, 2.0);
    assertThat(popular.keys()).containsExactly(8, 9);

    popular.offer(9, 4.0);
    assertThat(popular.keys()).containsExactly(9, 8);

    assertThat(popular.remove(8)).isTrue();
    assertThat(popular.keys()).as("a gap, until others are offered").containsExactly(9);
  }

  @Test
  void isWhatALookAtAllWouldFind() {
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int most = 1 + random.nextInt(8);
      PopularTargets popular = new PopularTargets(most);
      Map<Long, Double> ranks = new TreeMap<>();
      for (int i = 0; i < 300; i++) {
        long key = random.nextLong(-20, 20);
        double rank = ranks.getOrDefault(key, 0.0) + random.nextInt(3);
        ranks.put(key, rank);
        popular.offer(key, rank);
      }
      long[] expected =
          ranks.entrySet().stream()
              .sorted(
                  Map.Entry.<Long, Double>comparingByValue(Comparator.reverseOrder())
                      .thenComparing(Map.Entry.comparingByKey()))
              .limit(most)
              .mapToLong(Map.Entry::getKey)
              .toArray();
      assertThat(popular.keys()).as("seed=" + seed).containsExactly(expected);
    }
  }

  @Test
  void ranksByActivityAsTargetDecayedAlike() {
    ModelSizes sizes = ModelSizes.DEFAULT;
    long scale = sizes.activityScales().get(0);
    HeapRecord old = new HeapRecord(sizes);
    assertThat(PopularTargets.rank(old, sizes)).isEqualTo(Double.NEGATIVE_INFINITY);

    old.interactions(5);
    old.activity(0, 0, 9f);
    assertThat(PopularTargets.rank(old, sizes)).as("source alone").isNegative().isInfinite();

    old.activity(1, 0, 2f);
    old.tau(1_000);
    HeapRecord newer = new HeapRecord(sizes);
    newer.interactions(1);
    newer.activity(1, 0, 1f);
    newer.tau(1_000 + scale / 2);
    assertThat(PopularTargets.rank(newer, sizes)).isLessThan(PopularTargets.rank(old, sizes));
    newer.tau(1_000 + scale);
    assertThat(PopularTargets.rank(newer, sizes)).isGreaterThan(PopularTargets.rank(old, sizes));
  }
}
