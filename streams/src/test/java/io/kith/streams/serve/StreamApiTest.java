package io.kith.streams.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kith.model.NodeKey;
import io.kith.streams.KithSerdes;
import io.kith.streams.ListFigures;
import io.kith.streams.Quality;
import io.kith.streams.QualityAlert;
import io.kith.streams.RankFigures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of the stream as a whole; each answer is held against the OpenAPI document. */
class StreamApiTest {
  private final Instance instance = new Instance().alone().filled();
  private final ApiContract api = new ApiContract(instance);

  @AfterEach
  void close() {
    instance.close();
  }

  @Test
  void answersOnQuality() {
    assertThat(api.ok("/v1/quality", "/v1/quality").get("total").isNull()).isTrue();
    instance.quality.put("0", quality(0L, 10L));
    instance.quality.put("10", quality(10L, 20L));
    instance.quality.put("20", "{".getBytes(UTF_8));
    instance.quality.put("total", quality(null, null));

    JsonNode figures = api.ok("/v1/quality", "/v1/quality?limit=1");
    assertThat(figures.at("/total/model/mrr").asDouble()).isEqualTo(0.5);
    assertThat(figures.get("windows")).hasSize(1);
    assertThat(figures.at("/windows/0/windowStart").asLong()).isEqualTo(10);
    assertThat(api.ok("/v1/quality", "/v1/quality").get("windows")).hasSize(2);
  }

  @Test
  void answersOnAlertsTheNewestFirst() {
    assertThat(api.ok("/v1/alerts", "/v1/alerts").get("alerts")).isEmpty();
    instance.alerts.put("900", alert(QualityAlert.Status.BEHIND, 900));
    instance.alerts.put("1000", alert(QualityAlert.Status.CAUGHT_UP, 1000));

    JsonNode alerts = api.ok("/v1/alerts", "/v1/alerts?limit=1").get("alerts");
    assertThat(alerts).hasSize(1);
    assertThat(alerts.at("/0/status").asText()).isEqualTo("caught-up");
  }

  @Test
  void answersOnTheStreamAsAWhole() {
    JsonNode before = api.ok("/v1/live", "/v1/live");
    assertThat(before.get("newestTimestamp").isNull()).isTrue();
    assertThat(before.get("predictions")).isEmpty();

    instance.live.add(ServeDriver.prediction("a", "b", 999_000));
    instance.live.add(ServeDriver.prediction("a", "c", 998_000));
    instance.now += 1_000;
    instance.live.add(ServeDriver.prediction("a", "d", 997_000));
    instance.now += 1_000;

    JsonNode live = api.ok("/v1/live", "/v1/live?limit=2");
    assertThat(live.at("/predictions/0/target").asText()).isEqualTo("d");
    assertThat(live.get("predictions")).hasSize(2);
    assertThat(live.at("/perSecond/118").asInt()).isEqualTo(2);
    assertThat(live.at("/perSecond/119").asInt()).isEqualTo(1);
    assertThat(live.get("newestTimestamp").asLong()).isEqualTo(999_000);
    assertThat(live.get("lagMs").asLong()).isEqualTo(3_000);
  }

  @Test
  void namesTheNodesBehindKeys() {
    String known = Long.toString(NodeKey.of("a/ä +%"));
    JsonNode names = api.ok("/v1/names", "/v1/names?keys=" + known + ",-5,7").get("names");

    assertThat(names).hasSize(1);
    assertThat(names.get(known).asText()).isEqualTo("a/ä +%");
    api.problem("/v1/names", instance.get("/v1/names"), 400);
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
