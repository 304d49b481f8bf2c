package io.kith.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.GoldenFiles;
import io.kith.model.Interaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnseenNodesTest {
  private final Timeline timeline = Timeline.of(new GoldenFiles("uci").interactions("edges"));
  private final Split split = Split.of(timeline);

  @Test
  void aTenthOfTheNodesIsUnseenInWhatIsLeft() {
    UnseenNodes unseen = new UnseenNodes(timeline, split, 1);

    List<Interaction> training = unseen.without(0, split.train());

    Set<Long> seen = new HashSet<>();
    training.forEach(i -> seen.addAll(List.of(i.sourceKey(), i.targetKey())));
    int touched = 0;
    Set<Long> removed = new HashSet<>();
    for (int i = 0; i < timeline.size(); i++) {
      if (unseen.touchedBy(i)) {
        touched++;
        for (long key :
            List.of(timeline.key(timeline.source(i)), timeline.key(timeline.target(i)))) {
          if (!seen.contains(key)) {
            removed.add(key);
          }
        }
      }
    }
    assertThat(touched).isPositive();
    assertThat(training).hasSizeLessThan(split.train());
    assertThat(removed).hasSizeGreaterThanOrEqualTo(timeline.nodes() / 10);
  }

  @Test
  void anotherSeedDrawsOthers() {
    assertThat(new UnseenNodes(timeline, split, 1).without(0, split.train()))
        .isNotEqualTo(new UnseenNodes(timeline, split, 2).without(0, split.train()));
  }
}
