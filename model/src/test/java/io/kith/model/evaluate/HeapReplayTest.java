package io.kith.model.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kith.model.GoldenFiles;
import io.kith.model.HeapRecord;
import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.RecordUpdater;
import io.kith.model.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapReplayTest {
  @Test
  void aBatchReadsRecordsAsTheyWereBeforeIt() {
    Timeline timeline =
        Timeline.of(List.of(new Interaction("a", "b", 0), new Interaction("b", "c", 1)));
    HeapReplay replay = new HeapReplay(timeline, ModelSizes.DEFAULT);

    replay.apply(new RecordUpdater(Weights.random(ModelSizes.DEFAULT, 1)), 0, 2);

    HeapRecord c = replay.record(2);
    assertThat(c.tau()).isEqualTo(1);
    assertThat(hop2Keys(c)).as("b had not met a before the batch").isZero();
  }

  @Test
  void theNextBatchReadsWhatTheLastOneDid() {
    Timeline timeline =
        Timeline.of(List.of(new Interaction("a", "b", 0), new Interaction("b", "c", 1)));
    HeapReplay replay = new HeapReplay(timeline, ModelSizes.DEFAULT);
    RecordUpdater updater = new RecordUpdater(Weights.random(ModelSizes.DEFAULT, 1));

    replay.apply(updater, 0, 1);
    replay.apply(updater, 1, 2);

    assertThat(hop2Keys(replay.record(2))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 3_600_000})
  void scoresAreThoseOfTheSpecification(long window) {
    Timeline timeline = Timeline.of(new GoldenFiles("uci").interactions("edges"));
    ModelPredictor predictor = new ModelPredictor(timeline, new GoldenFiles("uci").weights());
    Batching batching = Batching.window(window);
    List<String[]> expected = new GoldenFiles("uci").rows("scores-W" + window);
    int end;
    for (int from = 0; from < timeline.size(); from = end) {
      end = batching.end(timeline, from, timeline.size());
      for (int i = from; i < end; i++) {
        double score = predictor.score(timeline.source(i), timeline.target(i), timeline.time(i));
        assertThat(score).isCloseTo(Double.parseDouble(expected.get(i)[3]), within(1e-5));
      }
      predictor.observe(from, end);
    }
  }

  private static int hop2Keys(HeapRecord record) {
    int keys = 0;
    for (int i = 0; i < ModelSizes.DEFAULT.hop2(); i++) {
      keys += record.hop2Key(i) != 0 ? 1 : 0;
    }
    return keys;
  }
}
