package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.LastList;
import io.kith.state.KeyIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LastListsTest {
  private static final KeyGroups ONE_GROUP = new KeyGroups(1, 1);

  @Test
  void aTargetsPlaceInTheLastListOfItsSource() {
    LastLists lists = new LastLists(ONE_GROUP, 10);
    assertThat(lists.of(7, 1)).isNull();

    lists.made(7, 100, 3, new long[] {1, 2});
    assertThat(lists.of(7, 2)).isEqualTo(new LastList(100, 3, 2));
    assertThat(lists.of(7, 9)).isEqualTo(new LastList(100, 3, null));
    assertThat(lists.of(1, 7)).as("lists are of sources").isNull();

    lists.made(7, 105, 3, new long[] {9});
    assertThat(lists.of(7, 2)).isEqualTo(new LastList(105, 3, null));
    assertThat(lists.of(7, 9)).isEqualTo(new LastList(105, 3, 1));
  }

  @Test
  void aForgottenNodeHasNoListAndStandsInNone() {
    LastLists lists = new LastLists(ONE_GROUP, 10);
    lists.made(7, 100, 3, new long[] {1, 2});
    lists.made(1, 100, 3, new long[] {7});
    lists.changed().clear();
    KeyIndex nodes = new KeyIndex();
    nodes.add(1);
    lists.forget(nodes);

    assertThat(lists.of(1, 7)).isNull();
    assertThat(lists.of(7, 1)).isEqualTo(new LastList(100, 3, null));
    assertThat(lists.of(7, 2))
        .as("the others keep their places")
        .isEqualTo(new LastList(100, 3, 2));
    assertThat(lists.changed()).containsExactlyInAnyOrder(1L, 7L);
    assertThat(lists.save(1)).isNull();
  }

  @Test
  void aKeyGroupKeepsItsNewestAndRestoresThem() {
    long seed = 3;
    SplittableRandom random = new SplittableRandom(seed);
    KeyGroups keyGroups = new KeyGroups(4, 1);
    int most = 32;
    LastLists lists = new LastLists(keyGroups, most);
    List<Long> nodes = new ArrayList<>();
    for (int window = 0; window < 1_000; window++) {
      long node = random.nextInt(1_000);
      lists.made(node, window, 5, new long[] {node + 1});
      nodes.remove(node);
      nodes.add(node);
    }

    assertThat(lists.size()).as("seed=" + seed).isBetween(4 * (most - most / 16), 4 * most);
    LastLists restored = new LastLists(keyGroups, most);
    for (int group = 0; group < 4; group++) {
      int number = group;
      List<Long> ofGroup = nodes.stream().filter(node -> keyGroups.of(node) == number).toList();
      List<Long> newest = ofGroup.subList(ofGroup.size() - (most - most / 16), ofGroup.size());
      assertThat(newest)
          .as("seed=%d, group=%d", seed, group)
          .allSatisfy(node -> assertThat(lists.of(node, node + 1).position()).isEqualTo(1));
      newest.forEach(node -> restored.restore(node, lists.save(node)));
      assertThat(newest)
          .allSatisfy(n -> assertThat(restored.of(n, n + 1)).isEqualTo(lists.of(n, n + 1)));
    }
  }
}
