package io.kith.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.GoldenFiles;
import io.kith.model.ModelSizes;
import io.kith.model.RecordUpdater;
import io.kith.model.Weights;
import io.kith.model.evaluate.HeapReplay;
import io.kith.model.evaluate.Timeline;
import io.kith.model.train.RankingLoss.Kind;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OtherTargetsTest {
  private static final int TRAINING = 2_000;
  private static final int BATCH = 100;

  private final ModelSizes sizes = ModelSizes.DEFAULT;
  private final Timeline timeline =
      Timeline.of(new GoldenFiles("uci").interactions("edges").subList(0, TRAINING + 200));
  private final HeapReplay records = new HeapReplay(timeline, sizes);
  private final OtherTargets others =
      new OtherTargets(timeline, TRAINING, sizes, new SplittableRandom(1));

  @Test
  void theTrueTargetComesFirstAndTheOthersAreNeitherItNorTheSource() {
    RecordUpdater updater = new RecordUpdater(Weights.random(sizes, 1));
    int[] known = timeline.targets(0, TRAINING);
    int complete = 0;
    for (int from = 0; from < TRAINING; from += BATCH) {
      others.startBatch();
      for (int i = from; i < from + BATCH; i++) {
        int source = timeline.source(i);
        others.draw(source, records.record(source), timeline.target(i), from);
        assertThat(others.node[0]).isEqualTo(timeline.target(i));
        assertThat(Arrays.copyOfRange(others.node, 1, others.count))
            .as("interaction %d", i)
            .doesNotContain(source, timeline.target(i));
        for (int k = 0; k < others.count; k++) {
          if (others.kind[k] == Kind.RANDOM) {
            assertThat(known).contains(others.node[k]);
          }
        }
        complete += others.count == OtherTargets.MOST ? 1 : 0;
      }
      records.apply(updater, from, from + BATCH);
    }
    assertThat(complete).isGreaterThan(TRAINING / 2);
  }

  @Test
  void theFirstBatchHasOnlyRandomOnes() {
    others.startBatch();
    int source = timeline.source(0);
    others.draw(source, records.record(source), timeline.target(0), 0);

    assertThat(Arrays.copyOfRange(others.kind, 1, others.count)).containsOnly(Kind.RANDOM);
  }
}
