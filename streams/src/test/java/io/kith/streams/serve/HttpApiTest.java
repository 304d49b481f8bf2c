package io.kith.streams.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.kith.model.NodeKey;
import io.kith.streams.KithSerdes;
import io.kith.streams.ListFigures;
import io.kith.streams.Quality;
import io.kith.streams.QualityAlert;
import io.kith.streams.RankFigures;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each answer is held against the OpenAPI document as it comes. */
class HttpApiTest {
  private static final String SECRET = "0123456789abcdef";
  private final Instance instance = new Instance().alone();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(instance));

  @BeforeEach
  void fill() {
    instance.put(Clusters.embedding("a", 1, 0));
    instance.put(Clusters.embedding("a/ä +%", 1, 0.1f));
    instance.put(Clusters.embedding("b", 0, 1));
    instance.predictions.put(
        "a", List.of(ServeAppTest.prediction("a", "b", 2), ServeAppTest.prediction("a", "c", 1)));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void answersOnANode() throws IOException {
    JsonNode node = ok("/v1/nodes/{id}", "/v1/nodes/a");
    assertThat(node.get("node").asText()).isEqualTo("a");
    assertThat(node.get("vector")).hasSize(2);
    assertThat(node.get("window").asLong()).isEqualTo(3);
    assertThat(node.get("interactions").asInt()).isEqualTo(2);
    assertThat(node.get("modelVersion").asText()).isEqualTo("m1");

    JsonNode predictions = ok("/v1/nodes/{id}/predictions", "/v1/nodes/a/predictions?limit=1");
    assertThat(predictions.get("predictions")).hasSize(1);
    assertThat(predictions.at("/predictions/0/target").asText()).isEqualTo("b");
    assertThat(ok("/v1/nodes/{id}/predictions", "/v1/nodes/a/predictions").get("predictions"))
        .hasSize(2);
    assertThat(ok("/v1/nodes/{id}/predictions", "/v1/nodes/b/predictions").get("predictions"))
        .isEmpty();

    JsonNode similar = ok("/v1/nodes/{id}/similar", "/v1/nodes/a/similar?k=2");
    assertThat(similar.at("/similar/0/node").asText()).isEqualTo("a/ä +%");
    assertThat(similar.at("/similar/0/similarity").asDouble()).isBetween(0.99, 0.996);
    assertThat(similar.at("/similar/1/node").asText()).isEqualTo("b");
    assertThat(similar.get("complete").asBoolean()).isTrue();
  }

  @Test
  void takesAnyIdInPercentEncoding() throws IOException {
    assertThat(ok("/v1/nodes/{id}", "/v1/nodes/a%2F%C3%A4%20+%25").get("node").asText())
        .isEqualTo("a/ä +%");
    problem("/v1/nodes/{id}", instance.get("/v1/nodes/a%FF"), 400);
  }

  @Test
  void searchesByAVector() throws IOException {
    HttpResponse<String> found =
        instance.post(
            "/v1/similar", "{\"modelVersion\":\"m1\",\"vector\":[1,0],\"k\":2,\"except\":\"a\"}");
    assertThat(found.statusCode()).isEqualTo(200);
    conforms("/v1/similar", "post", found);
    assertThat(Instance.json(found).at("/similar/0/node").asText()).isEqualTo("a/ä +%");
  }

  @Test
  void answersOnQuality() throws IOException {
    assertThat(ok("/v1/quality", "/v1/quality").get("total").isNull()).isTrue();
    instance.quality.put("0", quality(0L, 10L));
    instance.quality.put("10", quality(10L, 20L));
    instance.quality.put("20", "{".getBytes(UTF_8));
    instance.quality.put("total", quality(null, null));

    JsonNode figures = ok("/v1/quality", "/v1/quality?limit=1");
    assertThat(figures.at("/total/model/mrr").asDouble()).isEqualTo(0.5);
    assertThat(figures.get("windows")).hasSize(1);
    assertThat(figures.at("/windows/0/windowStart").asLong()).isEqualTo(10);
    assertThat(ok("/v1/quality", "/v1/quality").get("windows")).hasSize(2);
  }

  @Test
  void answersOnAlertsTheNewestFirst() throws IOException {
    assertThat(ok("/v1/alerts", "/v1/alerts").get("alerts")).isEmpty();
    instance.alerts.put("900", alert(QualityAlert.Status.BEHIND, 900));
    instance.alerts.put("1000", alert(QualityAlert.Status.CAUGHT_UP, 1000));

    JsonNode alerts = ok("/v1/alerts", "/v1/alerts?limit=1").get("alerts");
    assertThat(alerts).hasSize(1);
    assertThat(alerts.at("/0/status").asText()).isEqualTo("caught-up");
  }

  @Test
  void answersOnTheStreamAsAWhole() throws IOException {
    JsonNode before = ok("/v1/live", "/v1/live");
    assertThat(before.get("newestTimestamp").isNull()).isTrue();
    assertThat(before.get("predictions")).isEmpty();

    instance.live.add(ServeAppTest.prediction("a", "b", 999_000));
    instance.live.add(ServeAppTest.prediction("a", "c", 998_000));
    instance.now += 1_000;
    instance.live.add(ServeAppTest.prediction("a", "d", 997_000));
    instance.now += 1_000;

    JsonNode live = ok("/v1/live", "/v1/live?limit=2");
    assertThat(live.at("/predictions/0/target").asText()).isEqualTo("d");
    assertThat(live.get("predictions")).hasSize(2);
    assertThat(live.at("/perSecond/118").asInt()).isEqualTo(2);
    assertThat(live.at("/perSecond/119").asInt()).isEqualTo(1);
    assertThat(live.get("newestTimestamp").asLong()).isEqualTo(999_000);
    assertThat(live.get("lagMs").asLong()).isEqualTo(3_000);
  }

  @Test
  void namesTheNodesBehindKeys() throws IOException {
    String known = Long.toString(NodeKey.of("a/ä +%"));
    JsonNode names = ok("/v1/names", "/v1/names?keys=" + known + ",-5,7").get("names");

    assertThat(names).hasSize(1);
    assertThat(names.get(known).asText()).isEqualTo("a/ä +%");
    problem("/v1/names", instance.get("/v1/names"), 400);
  }

  @Test
  void servesThePageWithoutATokenAndNothingFromElsewhere() {
    Instance guarded = new Instance(Optional.of(new BearerToken(SECRET)), Map.of()).alone();
    open.add(guarded);
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

  @Test
  void saysWhetherItIsAliveAndReady() throws IOException {
    assertThat(ok("/health/live", "/health/live").get("healthy").asBoolean()).isTrue();
    assertThat(ok("/health/ready", "/health/ready").get("state").asText()).isEqualTo("RUNNING");

    TopicPartition changelog = new TopicPartition("x-embeddings-changelog", 1);
    instance.restoration.onRestoreStart(changelog, "embeddings", 100, 300);
    instance.restoration.onBatchRestored(changelog, "embeddings", 300, 50);
    HttpResponse<String> restoring = instance.get("/health/ready");
    assertThat(restoring.statusCode()).isEqualTo(503);
    conforms("/health/ready", "get", restoring);
    assertThat(Instance.json(restoring).get("restored").asLong()).isEqualTo(50);
    assertThat(Instance.json(restoring).get("total").asLong()).isEqualTo(200);
    instance.restoration.onRestoreEnd(changelog, "embeddings", 200);
    ok("/health/ready", "/health/ready");

    instance.state = State.ERROR;
    HttpResponse<String> dead = instance.get("/health/live");
    assertThat(dead.statusCode()).isEqualTo(503);
    conforms("/health/live", "get", dead);
  }

  @Test
  void isNotReadyBeforeItHasReadWhatStoodOnTheTopics() {
    TopicPartition partition = new TopicPartition("kith.embeddings", 0);
    Instance late = new Instance(Optional.empty(), Map.of(partition, 40L)).alone();
    open.add(late);
    late.put(Clusters.embedding("a", 1, 0));
    late.put(Clusters.embedding("b", 1, 0));

    late.catchUp.update(Map.of(partition, 30L));
    assertThat(late.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(Instance.json(late.get("/health/ready")).get("read").asLong()).isEqualTo(30);
    JsonNode partial = Instance.json(late.get("/v1/nodes/a/similar"));
    assertThat(partial.get("complete").asBoolean()).isFalse();
    assertThat(partial.at("/missingPartitions/0").asInt()).isZero();

    late.catchUp.update(Map.of(partition, 40L));
    assertThat(late.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(Instance.json(late.get("/v1/nodes/a/similar")).get("complete").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/nodes/a/similar?k=0|k|0|a whole number from 1 to 50",
        "/v1/nodes/a/similar?k=51|k|51|a whole number from 1 to 50",
        "/v1/nodes/a/similar?k=1&k=2|k|1,2|a whole number from 1 to 50",
        "/v1/nodes/a/similar?K=1|K|1|one of [k]",
        "/v1/nodes/a/predictions?limit=21|limit|21|a whole number from 1 to 20",
        "/v1/quality?limit=-1|limit|-1|a whole number from 1 to 10000",
        "/v1/live?limit=101|limit|101|a whole number from 1 to 100",
        "/v1/names?keys=1,x|keys|1,x|1 to 300 whole numbers of 64 bits, separated by commas",
        "/v1/nodes/a?x=y|x|y|left out",
        "/v1/nodes//similar|id|''|one character or more in percent-encoded UTF-8"
      })
  void namesTheParameterItsValueAndWhatIsAllowed(
      String path, String parameter, String value, String allowed) {
    JsonNode problem = problem("/v1/nodes/{id}", instance.get(path), 400);

    assertThat(problem.get("parameter").asText()).isEqualTo(parameter);
    assertThat(problem.get("value").asText()).isEqualTo(value);
    assertThat(problem.get("allowed").asText()).isEqualTo(allowed);
    assertThat(problem.get("detail").asText())
        .isEqualTo("%s must be %s: %s=%s".formatted(parameter, allowed, parameter, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|body",
        "null|body",
        "{\"vector\":[1]}|modelVersion",
        "{\"modelVersion\":\"m\",\"vector\":[]}|vector",
        "{\"modelVersion\":\"m\",\"vector\":[1e99]}|vector",
        "{\"modelVersion\":\"m\",\"vector\":[null]}|vector",
        "{\"modelVersion\":\"m\",\"vector\":[1],\"k\":51}|k",
        "{\"modelVersion\":\"m\",\"vector\":[1],\"colour\":1}|body"
      })
  void refusesABodyThatIsNoQuery(String body, String parameter) throws IOException {
    HttpResponse<String> response = instance.post("/v1/similar", body);

    assertThat(response.statusCode()).isEqualTo(400);
    conforms("/v1/similar", "post", response);
    assertThat(Instance.json(response).get("parameter").asText()).isEqualTo(parameter);
  }

  @Test
  void refusesABodyBeyondTheLimitWithOrWithoutItsLength() throws IOException {
    String large = " ".repeat(5000);
    HttpResponse<String> announced = instance.post("/v1/similar", large);
    HttpResponse<String> chunked =
        Instance.send(
            instance
                .request("/v1/similar")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large))));

    for (HttpResponse<String> response : List.of(announced, chunked)) {
      assertThat(response.statusCode()).isEqualTo(413);
      conforms("/v1/similar", "post", response);
      assertThat(Instance.json(response).get("allowed").asText()).isEqualTo("at most 4096 bytes");
    }
  }

  @Test
  void tellsAnUnknownNodeFromAnUnknownPathAndAMethod() {
    JsonNode unknown = problem("/v1/nodes/{id}", instance.get("/v1/nodes/alf"), 404);
    assertThat(unknown.get("type").asText()).isEqualTo("urn:kith:problem:node");
    assertThat(unknown.get("node").asText()).isEqualTo("alf");
    problem("/v1/nodes/{id}", instance.get("/v1/nodes/alf/similar"), 404);
    problem("/v1/nodes/{id}", instance.get("/v1/nodes/alf/predictions"), 404);

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
    problem("/v1/nodes/{id}", deleted, 405);
    assertThat(instance.get("/v1/similar").statusCode()).isEqualTo(405);
  }

  @Test
  void saysHowFarARestoreIsInsteadOfNotFound() {
    instance.silentRoles = Set.of(NodeStores.Role.OWNER);

    for (String path :
        List.of("/v1/nodes/alf", "/v1/nodes/alf/similar", "/v1/nodes/alf/predictions")) {
      HttpResponse<String> response = instance.get(path);
      JsonNode problem = problem("/v1/nodes/{id}", response, 503);
      assertThat(problem.get("restored").asLong()).isEqualTo(10);
      assertThat(problem.get("total").asLong()).isEqualTo(30);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }
  }

  @Test
  void asksForTheTokenButForHealth() {
    Instance guarded = new Instance(Optional.of(new BearerToken(SECRET)), Map.of()).alone();
    open.add(guarded);
    guarded.put(Clusters.embedding("a", 1, 0));

    for (String path :
        List.of("/v1/nodes/a", "/v1/quality", "/metrics", "/openapi.json", "/asyncapi.json")) {
      assertThat(guarded.get(path).statusCode()).as(path).isEqualTo(401);
      assertThat(guarded.get(path, "Authorization", "Bearer x" + SECRET).statusCode())
          .isEqualTo(401);
      assertThat(guarded.get(path, "Authorization", "Bearer " + SECRET).statusCode())
          .as(path)
          .isEqualTo(200);
    }
    JsonNode problem = problem("/v1/nodes/{id}", guarded.get("/v1/nodes/a"), 401);
    assertThat(problem.toString()).doesNotContain(SECRET);
    assertThat(guarded.get("/v1/nodes/a").headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer");
    assertThat(guarded.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(guarded.get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void servesFiguresForPrometheusByRouteAndNotByNode() {
    instance.get("/v1/nodes/a");
    instance.get("/v1/nodes/b/similar");
    instance.get("/somewhere");
    instance.quality.put("9", quality(9L, 10L));
    instance.quality.put("10", quality(10L, 20L));
    instance.quality.put("total", quality(null, null));
    instance.alerts.put("20", alert(QualityAlert.Status.BEHIND, 20));
    String text = instance.get("/metrics").body();

    assertThat(text)
        .contains("kith_serve_index_nodes 3.0")
        .contains("kith_serve_requests_seconds_count{route=\"/v1/nodes/{id}\",status=\"200\"}")
        .contains("route=\"/v1/nodes/{id}/similar\"")
        .contains("route=\"other\",status=\"404\"")
        .doesNotContain("somewhere")
        .contains("jvm_memory_used_bytes")
        .contains("kith_quality_mrr{rule=\"model\",scope=\"window\"} 0.5")
        .contains("kith_quality_average_precision{rule=\"edgebank\",scope=\"total\"} 0.6")
        .contains("kith_quality_hits_at_10{rule=\"recency\",scope=\"total\"} 0.8")
        .contains("kith_quality_recall{k=\"5\",scope=\"total\"} 0.5")
        .contains("kith_quality_recall{k=\"20\",scope=\"window\"} NaN")
        .contains("kith_quality_behind 1.0");
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

  @Test
  void describesTheTopics() {
    JsonNode served = Instance.json(instance.get("/asyncapi.json"));
    assertThat(served.at("/channels/predictions/address").asText())
        .isEqualTo("{prefix}.predictions");
    assertThat(served.at("/components/schemas/prediction/properties/score").isMissingNode())
        .isFalse();
  }

  /** An answer as the document promises it. */
  private JsonNode ok(String route, String path) throws IOException {
    HttpResponse<String> response = instance.get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    conforms(route, "get", response);
    return Instance.json(response);
  }

  private static JsonNode problem(String route, HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    try {
      conforms(route, "get", response);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Instance.json(response);
  }

  /** Status, media type and body must be among those of the route. */
  private static void conforms(String route, String method, HttpResponse<String> response)
      throws IOException {
    JsonNode document = new JsonMapper().readTree(OpenApi.document());
    JsonNode answer =
        document
            .get("paths")
            .get(route)
            .get(method)
            .get("responses")
            .get("" + response.statusCode());
    assertThat(answer).as("%s %d", route, response.statusCode()).isNotNull();
    if (answer.has("$ref")) {
      answer = document.at(answer.get("$ref").asText().substring(1));
    }
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    assertThat(answer.get("content").has(type)).as(type).isTrue();
    ObjectNode schema = document.deepCopy();
    schema.setAll((ObjectNode) answer.get("content").get(type).get("schema"));
    Set<ValidationMessage> faults =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(schema)
            .validate(Instance.json(response));
    assertThat(faults).as(response.body()).isEmpty();
  }

  private static byte[] alert(QualityAlert.Status status, long to) {
    return KithSerdes.alert()
        .serializer()
        .serialize("t", new QualityAlert(status, to - 10, to, 5, 0.4, 0.5, "m1"));
  }

  private static byte[] quality(Long start, Long end) {
    return KithSerdes.quality()
        .serializer()
        .serialize(
            "t",
            new Quality(
                start,
                end,
                1,
                9,
                5,
                0,
                4,
                20.0,
                new RankFigures(0.5, 0.4, 0.9, 0.8),
                new RankFigures(0.4, 0.3, 0.8, 0.7),
                new RankFigures(0.3, 0.2, 0.7, 0.6),
                new ListFigures(4, 0.25, 0.5, 0.75, null),
                "m1"));
  }
}
