package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartnersTest {
  @Test
  void theNewestComeFirstThenThoseMetMoreOftenThenByTheTextOfTheKey() {
    HeapRecord record = new HeapRecord(ModelSizes.DEFAULT);
    partner(record, 3, 10, 7, 1);
    partner(record, 4, 9, 7, 1);
    partner(record, 9, 11, 7, 2);
    partner(record, 20, 12, 8, 1);

    assertThat(Partners.newest(record, ModelSizes.DEFAULT, 9))
        .containsExactly(
            new Neighbour("12", 8, 1),
            new Neighbour("11", 7, 2),
            new Neighbour("10", 7, 1),
            new Neighbour("9", 7, 1));
    assertThat(Partners.newest(record, ModelSizes.DEFAULT, 2))
        .containsExactly(new Neighbour("12", 8, 1), new Neighbour("11", 7, 2));
    assertThat(Partners.newest(record, ModelSizes.DEFAULT, 0)).isEmpty();
  }

  @Test
  void anyNumberOfThemIsTheStartOfAllInOrder() {
    long seed = 3;
    SplittableRandom random = new SplittableRandom(seed);
    for (int n = 0; n < 500; n++) {
      HeapRecord record = new HeapRecord(ModelSizes.DEFAULT);
      List<Neighbour> all = new ArrayList<>();
      for (int slot = 0; slot < ModelSizes.DEFAULT.hop1(); slot++) {
        if (random.nextInt(3) > 0) {
          long key = slot % 2 == 0 ? -1 - slot : random.nextLong(1L << 60) * 32 + slot;
          partner(record, slot, key, random.nextInt(8), 1 + random.nextInt(2));
          all.add(new Neighbour(Long.toString(key), record.hop1Time(slot), record.hop1Count(slot)));
        }
      }
      all.sort(
          Comparator.comparingLong(Neighbour::timestamp)
              .reversed()
              .thenComparing(Neighbour::interactions, Comparator.reverseOrder())
              .thenComparing(Neighbour::key));
      for (int most : new int[] {1, 8, 31, 32, 100}) {
        assertThat(Partners.newest(record, ModelSizes.DEFAULT, most))
            .as("seed=%d, n=%d, most=%d", seed, n, most)
            .isEqualTo(all.subList(0, Math.min(most, all.size())));
      }
    }
  }

  private static void partner(HeapRecord record, int slot, long key, long time, int count) {
    record.hop1Key(slot, key);
    record.hop1Time(slot, time);
    record.hop1Count(slot, count);
  }
}
