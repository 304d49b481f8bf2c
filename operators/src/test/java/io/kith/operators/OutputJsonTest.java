package io.kith.operators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.kith.model.Candidates;
import io.kith.model.Explanation;
import io.kith.model.Interaction;
import io.kith.model.LastList;
import io.kith.model.ModelSizes;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import io.kith.model.RecordFormat;
import io.kith.model.Weights;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutputJsonTest {
  private final Weights weights =
      Weights.random(new ModelSizes(2, 1, 0, 1, 1, 0, 1, 1, 1, List.of(), List.of()), 1);
  private final OutputJson json = new OutputJson(weights, 1);

  @Test
  void writesPredictions() {
    OutputRecord record = json.prediction(prediction());
    assertThat(new String(record.key(), UTF_8)).isEqualTo("a");
    assertThat(record.timestamp()).isEqualTo(5);
    assertThat(new String(record.value(), UTF_8))
        .isEqualTo(
            "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":5,\"score\":0.002,\"window\":1,"
                + "\"modelVersion\":\"v\",\"sharedNeighbours\":3,\"negatives\":2,\"rank\":1.5,"
                + "\"recencyRank\":1.0,\"edgeBankRank\":2.0,\"recencyScore\":0.25,\"met\":true,"
                + "\"negativeScore\":0.5,\"negativeRecencyScore\":-1.0,\"negativeMet\":false,"
                + "\"explanation\":null}");
  }

  @Test
  void writesTheSameFieldsAsCbor() throws IOException {
    OutputJson cbor = new OutputJson(RecordFormat.CBOR, weights, 1);

    byte[] written = cbor.prediction(prediction()).value();

    assertThat(RecordFormat.of(written)).isEqualTo(RecordFormat.CBOR);
    assertThat(new CBORMapper().readValue(written, Prediction.class))
        .isEqualTo(prediction().copy())
        .isEqualTo(
            new Prediction(
                "a", "b", 5, 2e-3f, 1, "v", 3, 2, 1.5, 1, 2, 0.25, true, 0.5f, -1.0, false, null,
                null));
  }

  private static ReusedPrediction prediction() {
    ReusedPrediction prediction = new ReusedPrediction("v");
    prediction.half = new Half(1, new Interaction("a", "b", 5), true);
    prediction.score = 2e-3f;
    prediction.sharedNeighbours = 3;
    prediction.negatives = 2;
    prediction.rank = 1.5;
    prediction.recencyRank = 1;
    prediction.edgeBankRank = 2;
    prediction.recencyScore = 0.25;
    prediction.met = true;
    prediction.negativeScore = 0.5f;
    prediction.negativeRecencyScore = -1;
    prediction.negativeMet = false;
    return prediction;
  }

  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void eachRecordStandsAlone(RecordFormat format) {
    OutputJson one = new OutputJson(format, weights, 1);
    byte[] first = one.prediction(prediction()).value();
    assertThat(one.prediction(prediction()).value()).isEqualTo(first);
  }

  @Test
  void aPredictionWithoutNegativesHasNullsForTheFirst() {
    assertThat(text(0.5f, null))
        .endsWith(
            "\"negativeScore\":null,\"negativeRecencyScore\":null,\"negativeMet\":null,"
                + "\"explanation\":null}");
  }

  @Test
  void writesRecommendations() {
    Recommendation.Reason reason =
        new Recommendation.Reason(
            4L,
            2,
            List.of(new Recommendation.SharedByCode(18, 1)),
            List.of(new Recommendation.SharedNode("-9", 18, 3)));
    OutputRecord record =
        json.recommendation(
            new Recommendation(
                "a",
                "-1",
                7,
                8,
                "v",
                List.of(
                    new Recommendation.Item(
                        "b", "2", 0.5f, Candidates.Origin.FRIENDS_OF_FRIENDS, reason))));
    assertThat(new String(record.key(), UTF_8)).isEqualTo("a");
    assertThat(record.timestamp()).isEqualTo(8);
    assertThat(new String(record.value(), UTF_8))
        .isEqualTo(
            "{\"node\":\"a\",\"key\":\"-1\",\"window\":7,\"timestamp\":8,\"modelVersion\":\"v\","
                + "\"recommendations\":[{\"target\":\"b\",\"targetKey\":\"2\",\"score\":0.5,"
                + "\"origin\":\"friends-of-friends\",\"reason\":{\"lastMet\":4,\"meetings\":2,"
                + "\"shared\":[{\"code\":18,\"nodes\":1}],"
                + "\"strongest\":[{\"key\":\"-9\",\"code\":18,\"timestamp\":3}]}}]}");
  }

  @Test
  void writesExplanations() {
    Explanation explanation =
        new Explanation(
            7,
            4,
            List.of(
                new Explanation.Entry("-3", 0b010001, 5L, null),
                new Explanation.Entry("4", 0b001000, null, 0L)));

    assertThat(text(0.5f, explanation))
        .endsWith(
            "\"explanation\":{\"jointSize\":7,\"sharedSize\":4,\"entries\":["
                + "{\"key\":\"-3\",\"code\":17,\"sourceAge\":5,\"targetAge\":null},"
                + "{\"key\":\"4\",\"code\":8,\"sourceAge\":null,\"targetAge\":0}]}}");
  }

  @Test
  void aFloatReadsBackAsItself() {
    long seed = 1;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      float score = Float.intBitsToFloat(random.nextInt(0x7f80_0000));
      String after = text(score, null).split("\"score\":", 2)[1];
      assertThat(Float.parseFloat(after.substring(0, after.indexOf(','))))
          .as("seed=%d, i=%d", seed, i)
          .isEqualTo(score);
    }
  }

  @Test
  void whatIsSaidOfTheLastListIsTheLastField() {
    OutputRecord prediction =
        new OutputRecord("a".getBytes(UTF_8), "{\"met\":true}".getBytes(UTF_8), 5);

    assertThat(new String(json.withLastList(prediction, null).value(), UTF_8))
        .isEqualTo("{\"met\":true,\"lastList\":null}");
    assertThat(new String(json.withLastList(prediction, new LastList(-3, 10, null)).value(), UTF_8))
        .isEqualTo("{\"met\":true,\"lastList\":{\"window\":-3,\"k\":10,\"position\":null}}");
    assertThat(new String(json.withLastList(prediction, new LastList(4, 10, 2)).value(), UTF_8))
        .endsWith("\"lastList\":{\"window\":4,\"k\":10,\"position\":2}}");
  }

  private String text(float score, Explanation explanation) {
    ReusedPrediction prediction = prediction();
    prediction.score = score;
    prediction.negatives = 0;
    prediction.explanation = explanation;
    return new String(json.prediction(prediction).value(), UTF_8);
  }

  @Test
  void writesEmbeddings() {
    StoredRecord record = StoredRecord.blank(StoredRecord.layout(weights.sizes()));
    record.writeSelf(new float[] {0.5f, -1f}, 0);
    record.tau(9);
    record.interactions(4);
    record.hop1Key(0, 12);
    record.hop1Time(0, 8);
    record.hop1Count(0, 2);
    assertThat(new String(json.embedding(7, "n", -3, record).value(), UTF_8))
        .isEqualTo(
            "{\"node\":\"n\",\"key\":\"-3\",\"vector\":[0.5,-1.0,1.0986123],\"window\":7,"
                + "\"timestamp\":9,\"interactions\":4,\"modelVersion\":\""
                + weights.version()
                + "\",\"neighbours\":[{\"key\":\"12\",\"timestamp\":8,\"interactions\":2}]}");
  }
}
