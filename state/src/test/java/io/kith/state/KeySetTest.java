package io.kith.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeySetTest {
  @Test
  void isFilledLookedThroughAndEmptied() {
    KeySet keys = new KeySet();
    assertThat(keys.add(7)).isTrue();
    assertThat(keys.add(0)).isTrue();
    assertThat(keys.add(7)).isFalse();
    assertThat(keys.add(0)).isFalse();

    assertThat(keys.size()).isEqualTo(2);
    assertThat(keys.contains(0)).isTrue();
    assertThat(keys.contains(8)).isFalse();
    assertThat(keys.toArray()).containsExactlyInAnyOrder(0, 7);

    keys.clear();
    assertThat(keys.size()).isZero();
    assertThat(keys.contains(0)).isFalse();
    assertThat(keys.toArray()).isEmpty();
  }

  @Test
  void holdsWhatASetHolds() {
    long seed = 20_261_122;
    SplittableRandom random = new SplittableRandom(seed);
    KeySet keys = new KeySet();
    Set<Long> expected = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      // Multiples of 2^32 fall into one slot.
      long key = random.nextLong(-300, 300) << (random.nextBoolean() ? 32 : 0);
      String at = "seed=" + seed + ", operation=" + i;
      assertThat(keys.add(key)).as(at).isEqualTo(expected.add(key));
      long asked = random.nextLong(-300, 300);
      assertThat(keys.contains(asked)).as(at).isEqualTo(expected.contains(asked));
      assertThat(keys.size()).as(at).isEqualTo(expected.size());
      if (random.nextInt(5_000) == 0) {
        keys.clear();
        expected.clear();
      }
    }
    assertThat(keys.toArray())
        .as("seed=%s", seed)
        .containsExactlyInAnyOrder(expected.toArray(Long[]::new));
  }
}
