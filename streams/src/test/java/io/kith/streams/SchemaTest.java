package io.kith.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.kith.model.Candidates;
import io.kith.model.Embedding;
import io.kith.model.Explanation;
import io.kith.model.LastList;
import io.kith.model.Neighbour;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
  private static final String INTERACTION = "interaction";

  @Test
  void interactionsNeedTwoIdsAndATime() {
    assertThat(faults(INTERACTION, "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1}"))
        .isEmpty();
    assertThat(
            faults(
                INTERACTION,
                "{\"source\":7,\"target\":\"b\",\"timestamp\":1,\"features\":[1,0.5]}"))
        .isEmpty();
    assertThat(
            faults(
                INTERACTION, "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"note\":\"x\"}"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"target\":\"b\",\"timestamp\":1}",
        "{\"source\":\"a\",\"timestamp\":1}",
        "{\"source\":\"a\",\"target\":\"b\"}",
        "{\"source\":\"\",\"target\":\"b\",\"timestamp\":1}",
        "{\"source\":0.5,\"target\":\"b\",\"timestamp\":1}",
        "{\"source\":null,\"target\":\"b\",\"timestamp\":1}",
        "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1.5}",
        "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":\"1\"}",
        "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"features\":[\"x\"]}",
        "[]"
      })
  void refusesWhatIsNoInteraction(String json) {
    assertThat(faults(INTERACTION, json)).hasSize(1);
  }

  @Test
  void signalsNeedATypeAndANode() {
    assertThat(faults("signal", "{\"type\":\"forget\",\"node\":\"a\"}")).isEmpty();
    assertThat(faults("signal", "{\"type\":\"forget\",\"node\":7,\"timestamp\":1,\"by\":\"x\"}"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"node\":\"a\"}",
        "{\"type\":\"forget\"}",
        "{\"type\":\"remember\",\"node\":\"a\"}",
        "{\"type\":\"forget\",\"node\":\"\"}",
        "{\"type\":\"forget\",\"node\":null}",
        "{\"type\":\"forget\",\"node\":\"a\",\"timestamp\":null}",
        "{\"type\":\"forget\",\"node\":\"a\",\"timestamp\":1.5}",
        "\"a\""
      })
  void refusesWhatIsNoSignal(String json) {
    assertThat(faults("signal", json)).hasSize(1);
  }

  @Test
  void requestsNeedATypeACorrelationIdAndWhatTheyAskAbout() {
    assertThat(faults("request", "{\"type\":\"who-next\",\"correlationId\":1,\"node\":7}"))
        .isEmpty();
    assertThat(
            faults(
                "request",
                "{\"type\":\"who-next\",\"correlationId\":\"x\",\"node\":\"a\",\"k\":5,"
                    + "\"exclude\":[\"b\",3],\"by\":\"me\"}"))
        .isEmpty();
    assertThat(
            faults(
                "request",
                "{\"type\":\"score\",\"correlationId\":\"x\","
                    + "\"pairs\":[{\"source\":\"a\",\"target\":7}]}"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"who-next\",\"node\":\"a\"}",
        "{\"type\":\"who-next\",\"correlationId\":\"x\"}",
        "{\"type\":\"score\",\"correlationId\":\"x\",\"node\":\"a\"}",
        "{\"type\":\"score\",\"correlationId\":\"x\",\"pairs\":[]}",
        "{\"type\":\"who-next\",\"correlationId\":\"x\",\"node\":\"a\",\"k\":0}",
        "{\"type\":\"dance\",\"correlationId\":\"x\",\"node\":\"a\"}"
      })
  void refusesWhatIsNoRequest(String json) {
    assertThat(faults("request", json)).isNotEmpty();
  }

  @Test
  void predictionsHoldAgainstTheirSchema() {
    long seed = 61;
    RandomPredictions random = new RandomPredictions(seed, Long.MAX_VALUE);
    for (int i = 0; i < 200; i++) {
      byte[] json = KithSerdes.prediction().serializer().serialize("t", random.next());
      assertThat(faults("prediction", new String(json, UTF_8)))
          .as("seed=%d, i=%d", seed, i)
          .isEmpty();
    }
  }

  @Test
  void embeddingsHoldAgainstTheirSchema() {
    Embedding embedding =
        new Embedding(
            "a",
            Long.toString(Long.MIN_VALUE),
            List.of(0.5f, -1e-20f),
            -3,
            -2500,
            1,
            "v1",
            List.of(new Neighbour("-9", -2500, 1)));
    byte[] json = KithSerdes.embedding().serializer().serialize("t", embedding);

    assertThat(faults("embedding", new String(json, UTF_8))).isEmpty();
  }

  @Test
  void listsOfNextPartnersHoldAgainstTheirSchema() {
    for (Candidates.Origin origin : Candidates.Origin.values()) {
      Recommendation list =
          new Recommendation(
              "a",
              Long.toString(Long.MIN_VALUE),
              -3,
              -2500,
              "v1",
              List.of(
                  new Recommendation.Item(
                      "b",
                      "-9",
                      1,
                      origin,
                      new Recommendation.Reason(
                          origin == Candidates.Origin.AGAIN ? -2500L : null,
                          0,
                          List.of(new Recommendation.SharedByCode(63, 1)),
                          List.of(new Recommendation.SharedNode("7", 1, -2500))))));
      byte[] json = KithSerdes.recommendation().serializer().serialize("t", list);
      assertThat(faults("recommendation", new String(json, UTF_8))).as(origin.text()).isEmpty();
    }
  }

  @Test
  void figuresHoldAgainstTheirSchema() {
    long seed = 62;
    RandomPredictions random = new RandomPredictions(seed, Long.MAX_VALUE);
    QualityTally tally = new QualityTally();
    for (int i = 0; i < 200; i++) {
      tally.add(random.next(), i);
      for (Quality quality :
          List.of(tally.sums().toQuality(0L, 9L), tally.sums().toQuality(null, null))) {
        byte[] json = KithSerdes.quality().serializer().serialize("t", quality);
        assertThat(faults("quality", new String(json, UTF_8)))
            .as("seed=%d, i=%d", seed, i)
            .isEmpty();
      }
    }
  }

  @Test
  void alertsHoldAgainstTheirSchema() {
    for (QualityAlert.Status status : QualityAlert.Status.values()) {
      QualityAlert alert = new QualityAlert(status, -5, 10, 3, 0, 1, "v1");
      byte[] json = KithSerdes.alert().serializer().serialize("t", alert);
      assertThat(faults("alert", new String(json, UTF_8))).as(status.name()).isEmpty();
    }
  }

  @Test
  void schemasNameEveryFieldOfTheRecordAndNoOther() {
    assertSameFields(schema("prediction").getSchemaNode(), Prediction.class, Set.of("lastList"));
    assertSameFields("embedding", Embedding.class);
    assertSameFields("recommendation", Recommendation.class);
    assertSameFields("quality", Quality.class);
    assertSameFields("alert", QualityAlert.class);
    assertSameFields(schema("quality").getSchemaNode().at("/$defs/figures"), RankFigures.class);
    assertSameFields(schema("quality").getSchemaNode().at("/$defs/lists"), ListFigures.class);
    assertSameFields(
        schema("prediction").getSchemaNode().at("/properties/lastList"), LastList.class);
    assertSameFields(
        schema("embedding").getSchemaNode().at("/properties/neighbours/items"), Neighbour.class);
    JsonNode explanation = schema("prediction").getSchemaNode().at("/properties/explanation");
    JsonNode item =
        schema("recommendation").getSchemaNode().at("/properties/recommendations/items");
    assertSameFields(item, Recommendation.Item.class);
    JsonNode reason = item.at("/properties/reason");
    assertSameFields(reason, Recommendation.Reason.class);
    assertSameFields(reason.at("/properties/shared/items"), Recommendation.SharedByCode.class);
    assertSameFields(reason.at("/properties/strongest/items"), Recommendation.SharedNode.class);
    assertSameFields(explanation, Explanation.class);
    assertSameFields(explanation.at("/properties/entries/items"), Explanation.Entry.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "interaction",
        "signal",
        "request",
        "prediction",
        "embedding",
        "recommendation",
        "quality",
        "alert"
      })
  void everyPropertyIsDescribed(String name) {
    JsonNode properties = schema(name).getSchemaNode().get("properties");

    assertThat(properties).isNotEmpty();
    properties
        .properties()
        .forEach(
            property ->
                assertThat(property.getValue().path("description").asText())
                    .as(property.getKey())
                    .endsWith("."));
  }

  private static void assertSameFields(String name, Class<? extends Record> type) {
    assertSameFields(schema(name).getSchemaNode(), type);
  }

  private static void assertSameFields(JsonNode schema, Class<? extends Record> type) {
    assertSameFields(schema, type, Set.of());
  }

  private static void assertSameFields(
      JsonNode schema, Class<? extends Record> type, Set<String> optional) {
    Set<String> fields =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    Set<String> required =
        schema.get("required").valueStream().map(JsonNode::asText).collect(Collectors.toSet());

    assertThat(schema.get("properties").propertyStream().map(p -> p.getKey()))
        .containsExactlyInAnyOrderElementsOf(fields);
    fields.removeAll(optional);
    assertThat(required).isEqualTo(fields);
    assertThat(schema.get("additionalProperties").asBoolean(true)).isFalse();
  }

  private static Collection<ValidationMessage> faults(String name, String json) {
    return schema(name).validate(json, InputFormat.JSON);
  }

  private static JsonSchema schema(String name) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(SchemaTest.class.getResourceAsStream("/schema/" + name + ".schema.json"));
  }
}
