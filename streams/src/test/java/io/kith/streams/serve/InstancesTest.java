package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kith.model.NodeKey;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances share two partitions, each has a copy of the other's. */
class InstancesTest {
  private static final Optional<BearerToken> TOKEN =
      Optional.of(new BearerToken("0123456789abcdef"));
  private static final String[] AUTHORIZED = {"Authorization", "Bearer 0123456789abcdef"};

  private final Instance first = new Instance(TOKEN, Map.of());
  private final Instance second = new Instance(TOKEN, Map.of());

  @BeforeEach
  void share() {
    for (Instance each : List.of(first, second)) {
      each.owns(0, first, second).owns(1, second, first);
    }
    first.index.opened(0);
    second.index.opened(1);
    first.put(Clusters.embedding("a", 1, 0));
    first.put(Clusters.embedding("c", 1, 0.2f));
    second.put(Clusters.embedding("b", 1, 0.1f));
    second.put(Clusters.embedding("d", -1, 0));
    first.embeddings.putAll(second.embeddings);
    second.embeddings.putAll(first.embeddings);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void anyInstanceAnswersForAllNodes() {
    for (Instance each : List.of(first, second)) {
      for (String node : List.of("a", "b", "c", "d")) {
        HttpResponse<String> response = each.get("/v1/nodes/" + node, AUTHORIZED);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Instance.json(response).get("node").asText()).isEqualTo(node);
        assertThat(response.headers().firstValue("Kith-Replica")).hasValue("owner");
      }
      assertThat(each.get("/v1/nodes/axel", AUTHORIZED).statusCode()).isEqualTo(404);
      assertThat(each.get("/v1/nodes/bert", AUTHORIZED).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void namesAndTheLiveStreamComeFromAllInstances() {
    first.live.add(ServeDriver.prediction("a", "x", 5));
    second.live.add(ServeDriver.prediction("b", "x", 6));
    second.live.add(ServeDriver.prediction("b", "y", 4));
    first.now += 1_000;
    second.now += 2_000;
    String keys = NodeKey.of("a") + "," + NodeKey.of("b") + "," + NodeKey.of("nobody");
    for (Instance each : List.of(first, second)) {
      JsonNode names = Instance.json(each.get("/v1/names?keys=" + keys, AUTHORIZED));
      assertThat(names.get("names")).hasSize(2);
      JsonNode live = Instance.json(each.get("/v1/live?limit=2", AUTHORIZED));
      assertThat(live.at("/predictions").findValuesAsText("timestamp")).containsExactly("6", "5");
      assertThat(live.get("newestTimestamp").asLong()).isEqualTo(6);
      int last = each == first ? 119 : 118;
      assertThat(live.at("/perSecond/" + last).asInt()).as("of one second").isEqualTo(3);
    }
    second.close();

    JsonNode live = Instance.json(first.get("/v1/live", AUTHORIZED));
    assertThat(live.get("predictions")).hasSize(1);
    assertThat(live.get("silentInstances")).hasSize(1);
  }

  @Test
  void thoseWhoStandBetweenAreNamedWhereverTheyAre() {
    second.recommendations.put("b", Lists.of("b", "d", "a", "c", "d"));
    for (Instance each : List.of(first, second)) {
      JsonNode list = Instance.json(each.get("/v1/nodes/b/recommendations", AUTHORIZED));
      assertThat(list.at("/list/recommendations/0/reason/strongest").findValuesAsText("node"))
          .containsExactly("a", "c", "d");
    }
    first.close();

    JsonNode list = Instance.json(second.get("/v1/nodes/b/recommendations", AUTHORIZED));
    assertThat(list.at("/list/recommendations/0/reason/strongest").findValuesAsText("node"))
        .as("the two that the other has are not known here")
        .containsExactly("null", "null", "d");
    assertThat(list.get("silentInstances")).hasSize(1);
  }

  @Test
  void similarNodesComeFromAllInstances() {
    for (Instance each : List.of(first, second)) {
      JsonNode answer = Instance.json(each.get("/v1/nodes/a/similar?k=3", AUTHORIZED));

      assertThat(answer.get("similar").findValuesAsText("node")).containsExactly("b", "c", "d");
      assertThat(answer.get("complete").asBoolean()).isTrue();
      assertThat(answer.get("searchedPartitions")).hasSize(2);
    }
  }

  @Test
  void aRequestGoesOnOnceAtMost() {
    // Each takes the other for the owner, as it can be for a moment while the work is shared out.
    first.owns(0, second);
    second.owns(0, first);

    HttpResponse<String> response = first.get("/v1/nodes/a", AUTHORIZED);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(Instance.json(response).get("detail").asText())
        .isEqualTo("the node has moved from this instance: partition=0");
    assertThat(first.localReads + second.localReads).isZero();
  }

  @Test
  void theCopyAnswersWhileTheOwnerRestoresOrIsGone() {
    second.silentRoles = Set.of(NodeStores.Role.OWNER);
    assertThat(replica(first.get("/v1/nodes/b", AUTHORIZED))).isEqualTo("standby");
    assertThat(replica(second.get("/v1/nodes/b", AUTHORIZED))).isEqualTo("standby");

    second.close();
    assertThat(replica(first.get("/v1/nodes/b", AUTHORIZED))).isEqualTo("standby");
    assertThat(replica(first.get("/v1/nodes/b/predictions", AUTHORIZED))).isEqualTo("standby");
    assertThat(first.get("/v1/nodes/bert", AUTHORIZED).statusCode()).isEqualTo(404);

    first.silentRoles = Set.of(NodeStores.Role.STANDBY);
    HttpResponse<String> restoring = first.get("/v1/nodes/b", AUTHORIZED);
    assertThat(restoring.statusCode()).isEqualTo(503);
    assertThat(Instance.json(restoring).get("total").asLong()).isEqualTo(30);
  }

  @Test
  void withoutACopyNobodyAnswersForAnInstanceThatIsGone() {
    first.owns(1, second);
    String address = "127.0.0.1:" + second.self().port();
    second.close();

    HttpResponse<String> response = first.get("/v1/nodes/b", AUTHORIZED);

    assertThat(response.statusCode()).isEqualTo(503);
    JsonNode problem = Instance.json(response);
    assertThat(problem.get("detail").asText())
        .isEqualTo("the instances that have the node do not answer: node=b");
    assertThat(problem.at("/tried/0").asText()).isEqualTo(address);
  }

  @Test
  void aSearchSaysWhoDidNotAnswer() {
    String address = "127.0.0.1:" + second.self().port();
    second.close();

    JsonNode answer = Instance.json(first.get("/v1/nodes/a/similar?k=3", AUTHORIZED));

    assertThat(answer.get("similar").findValuesAsText("node")).containsExactly("c");
    assertThat(answer.get("complete").asBoolean()).isFalse();
    assertThat(answer.at("/missingPartitions/0").asInt()).isEqualTo(1);
    assertThat(answer.at("/silentInstances/0").asText()).isEqualTo(address);
  }

  private static String replica(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.headers().firstValue("Kith-Replica").orElseThrow();
  }
}
