package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VectorSpaceTest {
  private static final int ALL = Integer.MAX_VALUE;
  private final VectorSpace space = new VectorSpace(2, 0);

  @Test
  void aVectorIsFoundAtOnceAndUntilANewerOneOrNoneTakesItsPlace() {
    put("east", 1, 0);
    put("north", 0, 1);
    put("northeast", 2, 2);
    assertThat(search(2, 1, 0)).containsExactly("east", "northeast");

    space.index(10);
    assertThat(space.waiting()).isZero();
    assertThat(search(2, 1, 0)).containsExactly("east", "northeast");

    put("north", 1, -0.1f);
    assertThat(search(2, 1, 0)).containsExactly("east", "north");

    space.remove("east");
    assertThat(search(3, 1, 0)).containsExactly("north", "northeast");
    assertThat(space.size()).isEqualTo(2);
  }

  @Test
  void searchesScanWhatWaitsSoNothingIsMissed() {
    long seed = 71;
    Clusters clusters = new Clusters(seed, 20, 2);
    Map<String, float[]> all = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      put(all, "n" + i, clusters.next());
    }

    for (int i = 0; i < 20; i++) {
      float[] query = clusters.next();
      assertThat(search(10, query)).as("seed=%d, i=%d", seed, i).isEqualTo(exact(all, 10, query));
    }
  }

  @Test
  void aSearchFindsNearlyAllThatAScanWouldWhileVectorsComeChangeAndGo() {
    long seed = 72;
    SplittableRandom random = new SplittableRandom(seed);
    Clusters clusters = new Clusters(seed, 30, 16);
    VectorSpace wide = new VectorSpace(16, 0);
    Map<String, float[]> all = new HashMap<>();
    int found = 0;
    int wanted = 0;
    for (int step = 0; step < 12_000; step++) {
      String node = "n" + random.nextInt(1500);
      if (random.nextInt(5) == 0) {
        wide.remove(node);
        all.remove(node);
      } else {
        float[] vector = clusters.next();
        wide.put(IndexedVector.of(node, 0, vector));
        all.put(node, vector);
      }
      if (random.nextInt(3) == 0) {
        wide.index(4);
      }
      if (step % 100 == 99) {
        float[] query = clusters.next();
        List<String> expected = exact(all, 10, query);
        List<String> seen = search(wide, 10, query);
        assertThat(all.keySet()).as("seed=%d, step=%d", seed, step).containsAll(seen);
        assertThat(seen).doesNotHaveDuplicates().hasSize(expected.size());
        Set<String> both = new HashSet<>(expected);
        both.retainAll(seen);
        found += both.size();
        wanted += expected.size();
      }
    }

    assertThat(wide.size()).isEqualTo(all.size());
    assertThat((double) found / wanted).as("recall, seed=%d", seed).isGreaterThan(0.97);
  }

  @Test
  void aGraphOfWhichMostIsGoneIsBuiltAnew() {
    Clusters clusters = new Clusters(73, 5, 2);
    for (int round = 0; round < 25; round++) {
      for (int i = 0; i < 100; i++) {
        space.put(IndexedVector.of("n" + i, 0, clusters.next()));
      }
      space.index(ALL);
    }

    assertThat(space.graphSize()).isLessThan(2000);
    assertThat(search(100, 1, 0)).hasSize(100);
  }

  @Test
  void fewVectorsAreScannedAndNothingIsSpentOnAGraph() {
    VectorSpace few = new VectorSpace(2, 2);
    few.put(IndexedVector.of("a", 0, new float[] {1, 0}));
    few.put(IndexedVector.of("b", 0, new float[] {0, 1}));
    assertThat(few.index(ALL)).isZero();
    assertThat(search(few, 1, 1, 0.1f)).containsExactly("a");

    few.put(IndexedVector.of("c", 0, new float[] {-1, 0}));
    assertThat(few.index(ALL)).isEqualTo(3);
    assertThat(few.graphSize()).isEqualTo(3);
    assertThat(search(few, 1, 1, 0.1f)).containsExactly("a");
  }

  @Test
  void aPartitionLeavesWithAllItsNodes() {
    space.put(IndexedVector.of("a", 0, new float[] {1, 0}));
    space.put(IndexedVector.of("b", 1, new float[] {1, 0}));
    space.index(1);

    assertThat(space.removePartition(0)).containsExactly("a");
    assertThat(search(5, 1, 0)).containsExactly("b");
  }

  @Test
  void aVectorOfLengthZeroIsSimilarToNothing() {
    put("nothing", 0, 0);
    put("west", -1, 0);
    NearestNodes nearest = new NearestNodes(2);
    space.search(IndexedVector.scaled(new float[] {1, 0}), 2, nearest);

    assertThat(nearest.best())
        .containsExactly(new SimilarNode("nothing", 0), new SimilarNode("west", -1));
  }

  private void put(String node, float x, float y) {
    space.put(IndexedVector.of(node, 0, new float[] {x, y}));
  }

  private void put(Map<String, float[]> all, String node, float[] vector) {
    all.put(node, vector);
    space.put(IndexedVector.of(node, 0, vector));
  }

  private List<String> search(int k, float... query) {
    return search(space, k, query);
  }

  private static List<String> search(VectorSpace space, int k, float... query) {
    NearestNodes nearest = new NearestNodes(k);
    space.search(IndexedVector.scaled(query), k, nearest);
    return nearest.best().stream().map(SimilarNode::node).toList();
  }

  static List<String> exact(Map<String, float[]> all, int k, float... query) {
    float[] unit = IndexedVector.scaled(query);
    List<SimilarNode> scored = new ArrayList<>();
    all.forEach(
        (node, vector) ->
            scored.add(new SimilarNode(node, IndexedVector.of(node, 0, vector).similarity(unit))));
    scored.sort(SimilarNode.BEST_FIRST);
    return scored.stream().limit(k).map(SimilarNode::node).toList();
  }
}
