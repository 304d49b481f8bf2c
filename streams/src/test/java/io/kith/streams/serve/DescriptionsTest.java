package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The documents that an instance serves about itself, and the page. */
class DescriptionsTest {
  private static final String SECRET = "0123456789abcdef";
  private final Instance instance = new Instance().alone();
  private final Instance guarded =
      new Instance(Optional.of(new BearerToken(SECRET)), Map.of()).alone();

  @AfterEach
  void close() {
    instance.close();
    guarded.close();
  }

  @Test
  void describesItself() throws IOException {
    JsonNode served = Instance.json(instance.get("/openapi.json"));
    assertThat(served.get("openapi").asText()).startsWith("3.1");
    for (String name : List.of("embedding", "prediction", "quality", "alert")) {
      JsonNode topic =
          new JsonMapper()
              .readTree(getClass().getResourceAsStream("/schema/" + name + ".schema.json"));
      String component = Character.toUpperCase(name.charAt(0)) + name.substring(1);
      assertThat(served.at("/components/schemas/" + component + "/properties"))
          .as(name)
          .isEqualTo(
              new JsonMapper()
                  .readTree(
                      topic
                          .get("properties")
                          .toString()
                          .replace("#/$defs/figures", "#/components/schemas/RankFigures")
                          .replace("#/$defs/lists", "#/components/schemas/ListFigures")));
    }
  }

  /** But for the id of a node that stands between, a list is served as it stands on the topic. */
  @Test
  void describesListsAsTheTopicHasThem() throws IOException {
    ObjectNode served =
        (ObjectNode)
            Instance.json(instance.get("/openapi.json"))
                .at("/components/schemas/Recommendation/properties");
    ObjectNode between =
        (ObjectNode)
            served.at("/recommendations/items/properties/reason/properties/strongest/items");
    ((ObjectNode) between.get("properties")).remove("node");
    ArrayNode required = (ArrayNode) between.get("required");
    required.remove(required.size() - 1);

    assertThat(served)
        .isEqualTo(
            new JsonMapper()
                .readTree(getClass().getResourceAsStream("/schema/recommendation.schema.json"))
                .get("properties"));
  }

  @Test
  void describesTheTopics() {
    JsonNode served = Instance.json(instance.get("/asyncapi.json"));
    assertThat(served.at("/channels/predictions/address").asText())
        .isEqualTo("{prefix}.predictions");
    assertThat(served.at("/components/schemas/prediction/properties/score").isMissingNode())
        .isFalse();
  }

  @Test
  void servesThePageWithoutATokenAndNothingFromElsewhere() {
    HttpResponse<String> page = guarded.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    Matcher links = Pattern.compile("(?:src|href)=\"([^\"#]+)\"").matcher(page.body());
    List<String> found = new ArrayList<>();
    while (links.find()) {
      found.add(links.group(1));
    }
    assertThat(found).contains("/page/app.js", "/page/style.css");
    assertThat(found)
        .allSatisfy(link -> assertThat(guarded.get(link).statusCode()).as(link).isIn(200, 401));
    assertThat(guarded.get("/page/app.js").headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(Instance.send(guarded.request("/").DELETE()).statusCode()).isEqualTo(405);
  }
}
