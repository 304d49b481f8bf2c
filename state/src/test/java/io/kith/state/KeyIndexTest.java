package io.kith.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyIndexTest {
  @Test
  void givesKeysByTheirRank() {
    KeyIndex index = new KeyIndex();
    assertThat(index.add(30)).isTrue();
    assertThat(index.add(-10)).isTrue();
    assertThat(index.add(20)).isTrue();
    assertThat(index.add(20)).isFalse();

    assertThat(index.size()).isEqualTo(3);
    assertThat(index.get(0)).isEqualTo(-10);
    assertThat(index.get(1)).isEqualTo(20);
    assertThat(index.get(2)).isEqualTo(30);

    assertThat(index.remove(20)).isTrue();
    assertThat(index.remove(20)).isFalse();
    assertThat(index.contains(20)).isFalse();
    assertThat(index.get(1)).isEqualTo(30);
    assertThatThrownBy(() -> index.get(2))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("no such key: at=2, size=2");
    assertThatThrownBy(() -> index.get(-1)).hasMessage("no such key: at=-1, size=2");
  }

  @Test
  void holdsWhatASortedSetHolds() {
    long seed = 20_260_105;
    SplittableRandom random = new SplittableRandom(seed);
    KeyIndex index = new KeyIndex();
    TreeSet<Long> expected = new TreeSet<>();
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextLong(-1_000, 1_000);
      String at = "seed=" + seed + ", operation=" + i;
      if (random.nextInt(3) == 0) {
        assertThat(index.remove(key)).as(at).isEqualTo(expected.remove(key));
      } else {
        assertThat(index.add(key)).as(at).isEqualTo(expected.add(key));
      }
      long asked = random.nextLong(-1_000, 1_000);
      assertThat(index.contains(asked)).as(at).isEqualTo(expected.contains(asked));
      assertThat(index.size()).as(at).isEqualTo(expected.size());
    }
    int rank = 0;
    for (long key : expected) {
      assertThat(index.get(rank)).as("seed=%s, rank=%s", seed, rank).isEqualTo(key);
      rank++;
    }
  }

  @Test
  void dependsOnTheSetAndNotOnItsHistory() {
    long seed = 20_260_106;
    long[] keys = new SplittableRandom(seed).longs(1_000).toArray();
    KeyIndex forwards = new KeyIndex();
    KeyIndex backwards = new KeyIndex();
    for (int i = 0; i < keys.length; i++) {
      forwards.add(keys[i]);
      backwards.add(keys[keys.length - 1 - i]);
      backwards.add(i); // passes through
    }
    for (int i = 0; i < keys.length; i++) {
      backwards.remove(i);
    }
    assertThat(backwards.size()).isEqualTo(forwards.size());
    for (int i = 0; i < forwards.size(); i++) {
      assertThat(backwards.get(i)).as("seed=%s, rank=%s", seed, i).isEqualTo(forwards.get(i));
    }
  }
}
