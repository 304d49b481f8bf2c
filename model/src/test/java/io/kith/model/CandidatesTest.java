package io.kith.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kith.model.Candidates.Origin;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private static final ModelSizes SIZES = ModelSizes.DEFAULT;
  private static final long NODE = 1;

  @Test
  void areThePartnersThenTheirsThenThePopularEachOnce() {
    HeapRecord record = new HeapRecord(SIZES);
    record.hop1Key(3, 20);
    record.hop1Key(30, 21);
    record.hop2Key(0, 21);
    record.hop2Key(5, 22);

    assertThat(found(record, EnumSet.allOf(Origin.class), false, 22, NODE, 23))
        .containsExactly("20 AGAIN", "21 AGAIN", "22 FRIENDS_OF_FRIENDS", "23 POPULAR");
    assertThat(found(record, EnumSet.of(Origin.POPULAR), false, 20, 23))
        .containsExactly("20 POPULAR", "23 POPULAR");
    assertThat(found(record, EnumSet.allOf(Origin.class), true, 20, 23))
        .as("those met are left out, whatever has them")
        .containsExactly("22 FRIENDS_OF_FRIENDS", "23 POPULAR");
  }

  @Test
  void areDistinctAndNeverTheNode() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      HeapRecord record = new HeapRecord(SIZES);
      for (int i = 0; i < SIZES.hop1(); i++) {
        record.hop1Key(i, random.nextLong(0, 40));
      }
      for (int i = 0; i < SIZES.hop2(); i++) {
        record.hop2Key(i, random.nextLong(0, 40));
      }
      long[] popular = random.longs(16, 1, 40).distinct().toArray();
      Candidates candidates =
          new Candidates(SIZES, popular.length, EnumSet.allOf(Origin.class), random.nextBoolean());
      candidates.find(NODE, record, popular, popular.length);

      Set<Long> keys = new HashSet<>();
      for (int i = 0; i < candidates.size(); i++) {
        assertThat(candidates.key(i)).as("seed=" + seed).isNotIn(NODE, NodeKey.EMPTY);
        assertThat(keys.add(candidates.key(i))).as("seed=" + seed).isTrue();
      }
    }
  }

  @Test
  void strangersMustBeLikelierThanThoseMet() {
    assertThat(Candidates.weight(0.5f, Origin.AGAIN)).isEqualTo(1);
    assertThat(Candidates.weight(0.5f, Origin.POPULAR)).isEqualTo(0.25);
    assertThat(Candidates.weight(0.8f, Origin.FRIENDS_OF_FRIENDS)).isCloseTo(1, within(1e-6));
    assertThat(Candidates.weight(1f, Origin.POPULAR)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  private static List<String> found(
      HeapRecord record, Set<Origin> origins, boolean discovery, long... popular) {
    Candidates candidates = new Candidates(SIZES, popular.length, origins, discovery);
    candidates.find(NODE, record, popular, popular.length);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      found.add(candidates.key(i) + " " + candidates.origin(i));
    }
    return found;
  }
}
