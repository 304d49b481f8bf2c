package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kith.model.NodeKey;
import io.kith.model.Recommendation;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of one node, over HTTP; each answer is held against the OpenAPI document. */
class NodeApiTest {
  private final Instance instance = new Instance().alone().filled();
  private final ApiContract api = new ApiContract(instance);

  @AfterEach
  void close() {
    instance.close();
  }

  @Test
  void answersOnANode() {
    JsonNode node = api.ok("/v1/nodes/{id}", "/v1/nodes/a");
    assertThat(node.get("node").asText()).isEqualTo("a");
    assertThat(node.get("vector")).hasSize(2);
    assertThat(node.get("window").asLong()).isEqualTo(3);
    assertThat(node.get("interactions").asInt()).isEqualTo(2);
    assertThat(node.get("modelVersion").asText()).isEqualTo("m1");

    JsonNode predictions = api.ok("/v1/nodes/{id}/predictions", "/v1/nodes/a/predictions?limit=1");
    assertThat(predictions.get("predictions")).hasSize(1);
    assertThat(predictions.at("/predictions/0/target").asText()).isEqualTo("b");
    assertThat(api.ok("/v1/nodes/{id}/predictions", "/v1/nodes/a/predictions").get("predictions"))
        .hasSize(2);
    assertThat(api.ok("/v1/nodes/{id}/predictions", "/v1/nodes/b/predictions").get("predictions"))
        .isEmpty();

    JsonNode similar = api.ok("/v1/nodes/{id}/similar", "/v1/nodes/a/similar?k=2");
    assertThat(similar.at("/similar/0/node").asText()).isEqualTo("a/ä +%");
    assertThat(similar.at("/similar/0/similarity").asDouble()).isBetween(0.99, 0.996);
    assertThat(similar.at("/similar/1/node").asText()).isEqualTo("b");
    assertThat(similar.get("complete").asBoolean()).isTrue();
  }

  @Test
  void listsNextPartnersWithTheIdsOfThoseBetween() {
    instance.recommendations.put("a", Lists.of("a", "c", "b", "nobody"));

    JsonNode answer = api.ok("/v1/nodes/{id}/recommendations", "/v1/nodes/a/recommendations");

    assertThat(answer.get("node").asText()).isEqualTo("a");
    assertThat(answer.at("/list/window").asInt()).isEqualTo(7);
    JsonNode first = answer.at("/list/recommendations/0");
    assertThat(first.get("target").asText()).isEqualTo("c");
    assertThat(first.get("score").asText()).isEqualTo("0.1");
    assertThat(first.get("origin").asText()).isEqualTo("friends-of-friends");
    assertThat(first.at("/reason/meetings").asInt()).isEqualTo(3);
    assertThat(first.at("/reason/strongest/0/node").asText()).isEqualTo("b");
    assertThat(first.at("/reason/strongest/1/key").asText())
        .isEqualTo(Long.toString(NodeKey.of("nobody")));
    assertThat(first.at("/reason/strongest/1/node").isNull()).isTrue();
    assertThat(answer.get("silentInstances")).isEmpty();
  }

  @Test
  void namesAsManyAsStandBetween() {
    List<Recommendation.Item> items = new ArrayList<>();
    List<String> between = new ArrayList<>();
    for (int item = 0; item < NameAnswers.MOST_KEYS / 2; item++) {
      String[] five =
          IntStream.range(5 * item, 5 * item + 5).mapToObj(i -> "n" + i).toArray(String[]::new);
      items.addAll(Lists.of("a", "c", five).recommendations());
      between.addAll(List.of(five));
    }
    between.forEach(each -> instance.names.put(0, each));
    instance.recommendations.put("a", new Recommendation("a", "1", 7, 7_000, "m1", items));

    JsonNode answer = api.ok("/v1/nodes/{id}/recommendations", "/v1/nodes/a/recommendations");
    assertThat(answer.findValuesAsText("node")).containsAll(between);
  }

  @Test
  void tellsANodeWithoutAListFromAnUnknownNodeAndFromAServiceWithoutLists() {
    String route = "/v1/nodes/{id}/recommendations";
    assertThat(api.ok(route, "/v1/nodes/a/recommendations").get("list").isNull()).isTrue();
    JsonNode unknown = api.problem(route, instance.get("/v1/nodes/alf/recommendations"), 404);
    assertThat(unknown.get("type").asText()).isEqualTo("urn:kith:problem:node");

    try (Instance other = new Instance(Optional.empty(), Map.of(), false).alone()) {
      JsonNode off = api.problem(route, other.get("/v1/nodes/a/recommendations"), 404);
      assertThat(off.get("type").asText()).isEqualTo("urn:kith:problem:no-lists");
      assertThat(off.get("detail").asText())
          .isEqualTo("start the service with recommendations=true: recommendations=false");
    }
  }

  @Test
  void takesAnyIdInPercentEncoding() {
    assertThat(api.ok("/v1/nodes/{id}", "/v1/nodes/a%2F%C3%A4%20+%25").get("node").asText())
        .isEqualTo("a/ä +%");
    api.problem("/v1/nodes/{id}", instance.get("/v1/nodes/a%FF"), 400);
  }

  @Test
  void searchesByAVector() {
    HttpResponse<String> found =
        instance.post(
            "/v1/similar", "{\"modelVersion\":\"m1\",\"vector\":[1,0],\"k\":2,\"except\":\"a\"}");
    assertThat(found.statusCode()).isEqualTo(200);
    api.conforms("/v1/similar", "post", found);
    assertThat(Instance.json(found).at("/similar/0/node").asText()).isEqualTo("a/ä +%");
  }

  @Test
  void tellsAnUnknownNodeFromAnUnknownPathAndAMethod() {
    JsonNode unknown = api.problem("/v1/nodes/{id}", instance.get("/v1/nodes/alf"), 404);
    assertThat(unknown.get("type").asText()).isEqualTo("urn:kith:problem:node");
    assertThat(unknown.get("node").asText()).isEqualTo("alf");
    api.problem("/v1/nodes/{id}", instance.get("/v1/nodes/alf/similar"), 404);
    api.problem("/v1/nodes/{id}", instance.get("/v1/nodes/alf/predictions"), 404);

    for (String path :
        List.of(
            "/page",
            "/page/../openapi.json",
            "/v1",
            "/v1/nodes/a/b",
            "/v1/nodes/a/similar/x",
            "/v2")) {
      assertThat(Instance.json(instance.get(path)).get("type").asText())
          .as(path)
          .isEqualTo("urn:kith:problem:path");
    }
    HttpResponse<String> deleted = Instance.send(instance.request("/v1/nodes/a").DELETE());
    assertThat(deleted.headers().firstValue("Allow")).hasValue("GET, HEAD");
    api.problem("/v1/nodes/{id}", deleted, 405);
    assertThat(instance.get("/v1/similar").statusCode()).isEqualTo(405);
  }

  @Test
  void saysHowFarARestoreIsInsteadOfNotFound() {
    instance.silentRoles = Set.of(NodeStores.Role.OWNER);

    for (String path :
        List.of(
            "/v1/nodes/alf",
            "/v1/nodes/alf/similar",
            "/v1/nodes/alf/predictions",
            "/v1/nodes/alf/recommendations")) {
      HttpResponse<String> response = instance.get(path);
      JsonNode problem = api.problem("/v1/nodes/{id}", response, 503);
      assertThat(problem.get("restored").asLong()).isEqualTo(10);
      assertThat(problem.get("total").asLong()).isEqualTo(30);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }
  }
}
