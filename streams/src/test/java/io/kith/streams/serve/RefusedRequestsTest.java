package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each refusal is a problem document that names what is wrong. */
class RefusedRequestsTest {
  private static final String SECRET = "0123456789abcdef";
  private final Instance instance = new Instance().alone();
  private final Instance guarded =
      new Instance(Optional.of(new BearerToken(SECRET)), Map.of()).alone();
  private final ApiContract api = new ApiContract(instance);

  @AfterEach
  void close() {
    instance.close();
    guarded.close();
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
    JsonNode problem = api.problem("/v1/nodes/{id}", instance.get(path), 400);

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
  void refusesABodyThatIsNoQuery(String body, String parameter) {
    HttpResponse<String> response = instance.post("/v1/similar", body);

    assertThat(response.statusCode()).isEqualTo(400);
    api.conforms("/v1/similar", "post", response);
    assertThat(Instance.json(response).get("parameter").asText()).isEqualTo(parameter);
  }

  @Test
  void refusesABodyBeyondTheLimitWithOrWithoutItsLength() {
    String large = " ".repeat(5000);
    HttpResponse<String> announced = instance.post("/v1/similar", large);
    HttpResponse<String> chunked =
        Instance.send(
            instance
                .request("/v1/similar")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large))));

    for (HttpResponse<String> response : List.of(announced, chunked)) {
      assertThat(response.statusCode()).isEqualTo(413);
      api.conforms("/v1/similar", "post", response);
      assertThat(Instance.json(response).get("allowed").asText()).isEqualTo("at most 4096 bytes");
    }
  }

  @Test
  void asksForTheTokenButForHealth() {
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
    JsonNode problem = api.problem("/v1/nodes/{id}", guarded.get("/v1/nodes/a"), 401);
    assertThat(problem.toString()).doesNotContain(SECRET);
    assertThat(guarded.get("/v1/nodes/a").headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer");
    assertThat(guarded.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(guarded.get("/health/ready").statusCode()).isEqualTo(200);
  }
}
