package io.kith.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timelines, how they are split, and how they are cut into batches. */
class TimelineTest {
  @Test
  void interactionsComeInOrderWithoutSelfLoopsAndNodesAreNumbered() {
    Timeline timeline =
        Timeline.of(
            List.of(
                new Interaction("b", "c", 20),
                new Interaction("a", "a", 15),
                new Interaction("a", "b", 10)));

    assertThat(timeline.size()).isEqualTo(2);
    assertThat(timeline.nodes()).isEqualTo(3);
    assertThat(timeline.time(0)).isEqualTo(10);
    assertThat(timeline.key(timeline.source(0))).isEqualTo(NodeKey.of("a"));
    assertThat(timeline.node(NodeKey.of("c"))).isEqualTo(timeline.target(1));
    assertThat(timeline.targets(0, 2)).containsExactly(1, 2);
  }

  @Test
  void partsEndAtTheQuantilesOfTime() {
    assertThat(Split.of(everySecond(101))).isEqualTo(new Split(71, 86));
  }

  @Test
  void interactionsOfOneTimeStayInOnePart() {
    List<Interaction> interactions = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      interactions.add(new Interaction("a", "n" + i, i < 60 ? i : 60));
    }
    assertThat(Split.of(Timeline.of(interactions))).isEqualTo(new Split(100, 100));
  }

  @Test
  void batchesByCountByWindowAndByDistinctTime() {
    Timeline timeline =
        Timeline.of(
            List.of(
                new Interaction("a", "b", -1),
                new Interaction("a", "b", 0),
                new Interaction("a", "c", 0),
                new Interaction("a", "b", 999),
                new Interaction("a", "b", 1_000)));

    assertThat(ends(timeline, Batching.count(2))).containsExactly(2, 4, 5);
    assertThat(ends(timeline, Batching.window(1_000))).containsExactly(1, 4, 5);
    assertThat(ends(timeline, Batching.window(0))).containsExactly(1, 3, 4, 5);
  }

  @Test
  void batchesOfNothingAreRefused() {
    assertThatThrownBy(() -> Batching.count(0)).hasMessage("batch too small: size=0, least=1");
    assertThatThrownBy(() -> Batching.window(-1))
        .hasMessage("window too short: window-ms=-1, least=0");
  }

  private static Timeline everySecond(int count) {
    List<Interaction> interactions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      interactions.add(new Interaction("a", "b", 1_000L * i));
    }
    return Timeline.of(interactions);
  }

  private static List<Integer> ends(Timeline timeline, Batching batching) {
    List<Integer> ends = new ArrayList<>();
    for (int at = 0; at < timeline.size(); ) {
      at = batching.end(timeline, at, timeline.size());
      ends.add(at);
    }
    return ends;
  }
}
