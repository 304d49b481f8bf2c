package io.kith.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.kith.model.Candidates;
import io.kith.model.Embedding;
import io.kith.model.Explanation;
import io.kith.model.LastList;
import io.kith.model.Neighbour;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class KithSerdesTest {
  private static final String PREDICTION =
      """
      {"source":"a","target":"b","timestamp":1082040961000,"score":0.75,"window":1082040961,\
      "modelVersion":"v1","sharedNeighbours":2,"negatives":20,"rank":1.5,"recencyRank":3.0,\
      "edgeBankRank":10.5,"recencyScore":1.0,"met":true,"negativeScore":0.25,\
      "negativeRecencyScore":-1.0,"negativeMet":false,"explanation":{"jointSize":9,"sharedSize":1,\
      "entries":[{"key":"-7","code":1,"sourceAge":5,"targetAge":null},\
      {"key":"8","code":8,"sourceAge":null,"targetAge":0}]},\
      "lastList":{"window":1082040960,"k":10,"position":3}}""";

  @Test
  void readsCborAsWell() throws IOException {
    Serde<Prediction> serde = KithSerdes.prediction();
    byte[] cbor = new CBORMapper().writeValueAsBytes(new ObjectMapper().readTree(PREDICTION));

    Prediction read = serde.deserializer().deserialize("t", cbor);

    assertThat(read).isEqualTo(serde.deserializer().deserialize("t", PREDICTION.getBytes(UTF_8)));
  }

  private static final String LIST =
      """
      {"node":"a","key":"-7","window":9,"timestamp":9000,"modelVersion":"v1",\
      "recommendations":[{"target":"b","targetKey":"8","score":0.1,"origin":"friends-of-friends",\
      "reason":{"lastMet":null,"meetings":0,"shared":[{"code":18,"nodes":2}],\
      "strongest":[{"key":"5","code":18,"timestamp":70}]}}]}""";

  @Test
  void writesAndReadsRecordsAsJson() {
    Serde<Prediction> serde = KithSerdes.prediction();
    Prediction prediction =
        new Prediction(
            "a",
            "b",
            1082040961000L,
            0.75f,
            1082040961L,
            "v1",
            2,
            20,
            1.5,
            3,
            10.5,
            1,
            true,
            0.25f,
            -1.0,
            false,
            new Explanation(
                9,
                1,
                List.of(
                    new Explanation.Entry("-7", 1, 5L, null),
                    new Explanation.Entry("8", 8, null, 0L))),
            new LastList(1082040960L, 10, 3));

    assertThat(serde.serializer().serialize("t", prediction)).asString(UTF_8).isEqualTo(PREDICTION);
    assertThat(read(serde, PREDICTION)).isEqualTo(prediction);
  }

  @Test
  void everyRecordReadsBackAsItWasWritten() {
    long seed = 51;
    RandomPredictions random = new RandomPredictions(seed, Long.MAX_VALUE);
    for (int i = 0; i < 500; i++) {
      Prediction prediction = random.next();
      assertThat(roundTrip(KithSerdes.prediction(), prediction))
          .as("seed=%d, i=%d", seed, i)
          .isEqualTo(prediction);
    }
    Embedding embedding =
        new Embedding(
            "é\"\u0000",
            "-42",
            List.of(0.1f, -0f, Float.MIN_VALUE),
            -1,
            0,
            0,
            "",
            List.of(new Neighbour("-1", -5, 3)));
    assertThat(roundTrip(KithSerdes.embedding(), embedding)).isEqualTo(embedding);
    Quality quality =
        new Quality(
            null,
            null,
            1,
            2,
            3,
            0,
            3,
            20.0,
            new RankFigures(0.1, 1 / 3.0, 0.0, 1.0),
            new RankFigures(0.5, 0, 1, 0.5),
            new RankFigures(0, 0, 0, 0),
            new ListFigures(3, 0.5, 1.0, null, null),
            "v1");
    assertThat(roundTrip(KithSerdes.quality(), quality)).isEqualTo(quality);
    QualityAlert alert =
        new QualityAlert(QualityAlert.Status.CAUGHT_UP, -10, 20, 5, 0.75, 0.5, "v1");
    assertThat(roundTrip(KithSerdes.alert(), alert)).isEqualTo(alert);
  }

  @Test
  void readsAListOfNextPartnersAsTheJobWritesIt() {
    Serde<Recommendation> serde = KithSerdes.recommendation();
    Recommendation list =
        new Recommendation(
            "a",
            "-7",
            9,
            9000,
            "v1",
            List.of(
                new Recommendation.Item(
                    "b",
                    "8",
                    0.1f,
                    Candidates.Origin.FRIENDS_OF_FRIENDS,
                    new Recommendation.Reason(
                        null,
                        0,
                        List.of(new Recommendation.SharedByCode(18, 2)),
                        List.of(new Recommendation.SharedNode("5", 18, 70))))));

    assertThat(serde.serializer().serialize("t", list)).asString(UTF_8).isEqualTo(LIST);
    assertThat(read(serde, LIST)).isEqualTo(list);
    for (String[] fault :
        new String[][] {
          {"0.1", "1.5", "score must lie in [0.0, 1.0]: score=1.5"},
          {"friends-of-friends", "enemies", "field=recommendations.[0].origin"},
          {
            "\"key\":\"5\"",
            "\"key\":\"99999999999999999999\"",
            "key must be a whole number of 64 bits"
          },
          {"\"nodes\":2", "\"nodes\":0", "nodes must be at least 1: nodes=0"},
          {"\"code\":18,\"t", "\"code\":64,\"t", "code must lie in [1.0, 63.0]: code=64.0"},
          {"\"meetings\":0", "\"meetings\":-1", "meetings must be at least 0: meetings=-1"},
          {"\"node\":\"a\"", "\"node\":\"\"", "node must not be empty: node="}
        }) {
      assertThatThrownBy(() -> read(serde, LIST.replace(fault[0], fault[1])))
          .as(fault[1])
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining(fault[2]);
    }
    assertThatThrownBy(() -> read(serde, LIST.replaceFirst("\\[.*\\]", "null")))
        .isInstanceOf(SerializationException.class);
  }

  @Test
  void aTombstoneStaysOne() {
    assertThat(KithSerdes.embedding().serializer().serialize("t", null)).isNull();
    assertThat(KithSerdes.embedding().deserializer().deserialize("t", null)).isNull();
  }

  @Test
  void ignoresWhatALaterVersionHasAdded() {
    String later = PREDICTION.replace("{\"source\"", "{\"later\":[1],\"source\"");

    assertThat(read(KithSerdes.prediction(), later))
        .isEqualTo(read(KithSerdes.prediction(), PREDICTION));
  }

  @Test
  void refusesToReadWhatIsNotARecord() {
    assertUnreadable("not json", "Prediction unreadable, no JSON: length=8");
    assertUnreadable("", "No content to map");
    assertUnreadable("null", "Prediction unreadable: value=null");
    assertUnreadable("[]", "Cannot deserialize");
    assertUnreadable(PREDICTION + "x", "no JSON: length=");
    assertUnreadable(PREDICTION.replace(":20,", ":20.5,"), ": field=negatives");
    assertUnreadable(PREDICTION.replace("\"rank\":1.5,", ""), ": field=rank");
    assertUnreadable(
        PREDICTION.replace("\"source\":\"a\",", ""), "source must not be empty: source=null");
  }

  @Test
  void refusesToReadWhatBreaksARule() {
    assertUnreadable(
        PREDICTION.replace("0.75", "\"NaN\""), "score must lie in [0.0, 1.0]: score=NaN");
    assertUnreadable(PREDICTION.replace("0.75", "1.5"), "score=1.5");
    assertUnreadable(PREDICTION.replace("1.5", "0"), "rank must lie in [1.0, 21.0]: rank=0.0");
    assertUnreadable(PREDICTION.replace("3.0", "22"), "recencyRank=22.0");
    assertUnreadable(PREDICTION.replace("-1.0", "1e999"), "negativeRecencyScore must be finite");
    assertUnreadable(PREDICTION.replace("10.5", "0"), "edgeBankRank=0.0");
    assertUnreadable(
        PREDICTION.replace("\"sharedSize\":1", "\"sharedSize\":8"),
        "sharedSize must lie in [0.0, 7.0]: sharedSize=8.0");
    assertUnreadable(PREDICTION.replace("\"code\":8", "\"code\":64"), "code=64");
    assertUnreadable(PREDICTION.replace("\"sourceAge\":5", "\"sourceAge\":-5"), "sourceAge=-5");
    assertUnreadable(PREDICTION.replace("false", "null"), "negativeMet must be there");
    assertUnreadable(PREDICTION.replace("0.25", "null"), "negativeScore must be there");
    assertUnreadable(
        PREDICTION.replace(
            ":20,\"rank\":1.5,\"recencyRank\":3.0,\"edgeBankRank\":10.5",
            ":0,\"rank\":1,\"recencyRank\":1,\"edgeBankRank\":1"),
        "negativeScore must be null without negatives: negativeScore=0.25");
    assertUnreadable(PREDICTION.replace("\"k\":10", "\"k\":0"), "lastList.k=0");
    assertUnreadable(PREDICTION.replace("\"k\":10", "\"k\":2"), "lastList.position=3");
    assertUnreadable(PREDICTION.replace("v1", "v".repeat(257)), "length=257");
  }

  @Test
  void neverWritesANumberThatJsonHasNot() {
    Embedding embedding = new Embedding("a", "1", List.of(0f, Float.NaN), 0, 0, 1, "v1", List.of());
    assertThatThrownBy(() -> KithSerdes.embedding().serializer().serialize("t", embedding))
        .isInstanceOf(SerializationException.class)
        .hasMessage("embedding refused, vector must be finite: vector=NaN");

    Quality quality =
        new Quality(
            0L,
            1L,
            0,
            0,
            1,
            0,
            1,
            1.0,
            new RankFigures(1, 1, 1, 1),
            new RankFigures(Double.POSITIVE_INFINITY, 1, 1, 1),
            new RankFigures(1, 1, 1, 1),
            null,
            "v1");
    assertThatThrownBy(() -> KithSerdes.quality().serializer().serialize("t", quality))
        .isInstanceOf(SerializationException.class)
        .hasMessage("quality refused, recency.mrr must lie in [0.0, 1.0]: recency.mrr=Infinity");
  }

  private static void assertUnreadable(String json, String text) {
    assertThatThrownBy(() -> read(KithSerdes.prediction(), json))
        .as(json)
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining(text);
  }

  private static <T> T roundTrip(Serde<T> serde, T value) {
    return serde.deserializer().deserialize("t", serde.serializer().serialize("t", value));
  }

  private static <T> T read(Serde<T> serde, String json) {
    return serde.deserializer().deserialize("t", json.getBytes(UTF_8));
  }
}
