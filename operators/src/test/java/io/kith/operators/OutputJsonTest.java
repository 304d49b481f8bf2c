package io.kith.operators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.ModelSizes;
import io.kith.model.Prediction;
import io.kith.model.Weights;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutputJsonTest {
  private final Weights weights =
      Weights.random(new ModelSizes(2, 1, 0, 1, 1, 0, 1, 1, 1, List.of(), List.of()), 1);
  private final OutputJson json = new OutputJson(weights);

  @Test
  void writesPredictions() {
    OutputRecord record =
        json.prediction(new Prediction("a", "b", 5, 2e-3f, 1, "v", 3, 2, 1.5, 1, 0.25, 0.5f, -1.0));
    assertThat(new String(record.key(), UTF_8)).isEqualTo("a");
    assertThat(record.timestamp()).isEqualTo(5);
    assertThat(new String(record.value(), UTF_8))
        .isEqualTo(
            "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":5,\"score\":0.002,\"window\":1,"
                + "\"modelVersion\":\"v\",\"sharedNeighbours\":3,\"negatives\":2,\"rank\":1.5,"
                + "\"recencyRank\":1.0,\"recencyScore\":0.25,\"negativeScore\":0.5,"
                + "\"negativeRecencyScore\":-1.0}");
  }

  @Test
  void aPredictionWithoutNegativesHasNullsForTheFirst() {
    assertThat(text(0.5f)).endsWith("\"negativeScore\":null,\"negativeRecencyScore\":null}");
  }

  @Test
  void aFloatReadsBackAsItself() {
    long seed = 1;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      float score = Float.intBitsToFloat(random.nextInt(0x7f80_0000));
      String after = text(score).split("\"score\":", 2)[1];
      assertThat(Float.parseFloat(after.substring(0, after.indexOf(','))))
          .as("seed=%d, i=%d", seed, i)
          .isEqualTo(score);
    }
  }

  private String text(float score) {
    Prediction prediction = new Prediction("a", "b", 5, score, 1, "v", 0, 0, 1, 1, 0, null, null);
    return new String(json.prediction(prediction).value(), UTF_8);
  }

  @Test
  void writesEmbeddings() {
    StoredRecord record = StoredRecord.blank(StoredRecord.layout(weights.sizes()));
    record.writeSelf(new float[] {0.5f, -1f}, 0);
    record.tau(9);
    record.interactions(4);
    assertThat(new String(json.embedding(7, "n", -3, record).value(), UTF_8))
        .isEqualTo(
            "{\"node\":\"n\",\"key\":\"-3\",\"vector\":[0.5,-1.0,0.0],\"window\":7,"
                + "\"timestamp\":9,\"interactions\":4,\"modelVersion\":\""
                + weights.version()
                + "\"}");
  }
}
