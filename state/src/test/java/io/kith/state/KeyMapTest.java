package io.kith.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyMapTest {
  @Test
  void isFilledAskedAndEmptied() {
    KeyMap<String> map = new KeyMap<>();
    map.put(7, "a");
    map.put(0, "b");
    map.put(7, "c");

    assertThat(map.size()).isEqualTo(2);
    assertThat(map.get(7)).isEqualTo("c");
    assertThat(map.get(0)).isEqualTo("b");
    assertThat(map.get(8)).isNull();
    assertThat(map.remove(0)).isEqualTo("b");
    assertThat(map.remove(0)).isNull();
    assertThat(entries(map)).isEqualTo(Map.of(7L, "c"));

    map.clear();
    assertThat(map.size()).isZero();
    assertThat(map.get(7)).isNull();
  }

  @Test
  void holdsWhatAMapHolds() {
    long seed = 20_261_122;
    SplittableRandom random = new SplittableRandom(seed);
    KeyMap<Integer> map = new KeyMap<>();
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      String at = "seed=" + seed + ", operation=" + i;
      if (random.nextBoolean()) {
        long key = key(random);
        map.put(key, i);
        expected.put(key, i);
      } else {
        long key = key(random);
        assertThat(map.remove(key)).as(at).isEqualTo(expected.remove(key));
      }
      long asked = key(random);
      assertThat(map.get(asked)).as(at).isEqualTo(expected.get(asked));
      assertThat(map.size()).as(at).isEqualTo(expected.size());
      if (i % 1_000 == 0) {
        assertThat(entries(map)).as(at).isEqualTo(expected);
      }
      if (random.nextInt(5_000) == 0) {
        map.clear();
        expected.clear();
      }
    }
  }

  /** Many that want the same slot, at both ends of the arrays: k and k * 2^32 do. */
  private static long key(SplittableRandom random) {
    return random.nextLong(-60, 60) << (random.nextBoolean() ? 32 : 0);
  }

  private static <V> Map<Long, V> entries(KeyMap<V> map) {
    Map<Long, V> entries = new HashMap<>();
    map.forEach((key, value) -> assertThat(entries.put(key, value)).as("key=%d", key).isNull());
    return entries;
  }
}
