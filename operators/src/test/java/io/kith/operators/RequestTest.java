package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.model.Interaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to requests, by the whole job. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RequestTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REQUESTS = 2_000;
  private static final int K = 5;
  private static final long DAY = 86_400_000;

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobClusters.of(2, 4);

  /** No window is closed any more when the requests come. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aQuietStreamAnswersFromTheRecordsAsTheyStand(int parallelism) throws Exception {
    List<Interaction> edges =
        List.of(
            new Interaction("ann", "bob", 1_000),
            new Interaction("cid", "bob", 2_000),
            new Interaction("bob", "dan", 3_000),
            new Interaction("ann", "bob", 4_000));
    List<String> requests =
        List.of(
            "{'type':'who-next','correlationId':'all','node':'ann'}",
            "{'type':'who-next','correlationId':'some','node':'ann','k':1,'exclude':['bob','x']}",
            "{'type':'who-next','correlationId':'nobody','node':'nobody'}",
            "{'type':'score','correlationId':'pairs','pairs':[{'source':'ann','target':'bob'},"
                + "{'source':'ann','target':'nobody'},{'source':'nobody','target':'bob'},"
                + "{'source':'dan','target':'cid'}]}",
            "{'k':0,'correlationId':'bad'}",
            "{'type':'dance'}");
    Configuration settings = JobRun.settings(parallelism, 1_000);
    settings.setString("idle-timeout", "200 ms");
    String gate = UUID.randomUUID().toString();
    try (JobRun run = new JobRun()) {
      JobClient job =
          run.start(
              new Configuration(),
              settings,
              new ScriptSource<>(Scripts.of(edges, 1), Boundedness.CONTINUOUS_UNBOUNDED, 1),
              null,
              new GatedSource<>(
                  gate,
                  new ScriptSource<>(
                      Scripts.raw(requests.stream().map(r -> r.replace('\'', '"')).toList()),
                      Boundedness.CONTINUOUS_UNBOUNDED,
                      1)));
      run.awaitPredictions(edges.size());
      GatedSource.open(gate);
      Map<String, JsonNode> answers = byCorrelationId(run.awaitResponses(5));
      run.awaitDeadLetters(2);
      job.cancel().get(30, TimeUnit.SECONDS);

      JsonNode all = answers.get("all");
      assertThat(all.get("type").asText()).isEqualTo("who-next");
      assertThat(all.get("node").asText()).isEqualTo("ann");
      assertThat(all.get("known").asBoolean()).isTrue();
      assertThat(all.get("timestamp").asLong()).as("when window 4 ends").isEqualTo(5_000);
      assertThat(all.get("modelVersion").asText()).isEqualTo(Golden.weights().version());
      assertThat(all.get("recommendations"))
          .extracting(item -> item.get("target").asText() + " " + item.get("origin").asText())
          .containsExactlyInAnyOrder("bob again", "dan friends-of-friends");
      assertThat(answers.get("some").get("recommendations"))
          .extracting(item -> item.get("target").asText())
          .containsExactly("dan");
      JsonNode nobody = answers.get("nobody");
      assertThat(nobody.get("known").asBoolean()).isFalse();
      assertThat(nobody.get("timestamp").isNull()).isTrue();
      assertThat(nobody.get("recommendations")).isEmpty();

      JsonNode scores = answers.get("pairs").get("scores");
      assertThat(scores)
          .extracting(s -> s.get("source").asText() + " " + s.get("target").asText())
          .containsExactly("ann bob", "ann nobody", "nobody bob", "dan cid");
      assertThat(scores.get(0).get("score").floatValue())
          .as("as in the list")
          .isEqualTo(byTarget(all, "bob").get("score").floatValue());
      assertThat(scores.get(0).get("reason").get("meetings").asInt()).isEqualTo(2);
      assertThat(scores.get(1).get("sourceKnown").asBoolean()).isTrue();
      assertThat(scores.get(1).get("targetKnown").asBoolean()).isFalse();
      assertThat(scores.get(1).get("score").isNull()).isTrue();
      assertThat(scores.get(2).get("sourceKnown").asBoolean()).isFalse();
      assertThat(scores.get(2).get("targetKnown").asBoolean()).isTrue();
      assertThat(scores.get(3).get("score").isNumber())
          .as("cid has never been a target, but is asked for")
          .isTrue();

      assertThat(answers.get("bad").get("type").asText()).isEqualTo("error");
      assertThat(answers.get("bad").get("error").asText())
          .isEqualTo("k is no whole number from 1 to 1000: k=0");
      assertThat(run.deadLetters())
          .extracting(letter -> letter.stage() + ": " + letter.reason())
          .containsExactlyInAnyOrder(
              "requests: k is no whole number from 1 to 1000: k=0",
              "requests: no such request; known are who-next and score: type=dance");
    }
  }

  private static JsonNode byTarget(JsonNode list, String target) {
    for (JsonNode item : list.get("recommendations")) {
      if (item.get("target").asText().equals(target)) {
        return item;
      }
    }
    throw new AssertionError("not listed: target=" + target);
  }

  private static Map<String, JsonNode> byCorrelationId(List<String> answers) throws Exception {
    List<JsonNode> read = new ArrayList<>();
    for (String answer : answers) {
      read.add(JSON.readTree(answer));
    }
    return read.stream()
        .collect(Collectors.toMap(a -> a.get("correlationId").asText(), Function.identity()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void requestsDoNotShowInWhatIsSaidOfInteractions(int parallelism) throws Exception {
    List<Interaction> edges = Golden.edges();
    Configuration settings = JobRun.settings(parallelism, DAY);
    settings.set(KithOptions.WHO_NEXT_SHARE, 1.0);
    settings.setString("who-next-every", "0 s");
    JobRun undisturbed = JobRun.of(settings, Scripts.of(edges, 3));
    try (JobRun run = new JobRun()) {
      run.start(
              new Configuration(),
              settings,
              new ScriptSource<>(new SlowScript<>(Scripts.of(edges, 3))),
              null,
              new ScriptSource<>(new SlowScript<>(new SlowScript<>(requests(edges, REQUESTS)))))
          .getJobExecutionResult()
          .get(2, TimeUnit.MINUTES);

      JobRun.assertSame(run, undisturbed, "parallelism=" + parallelism);
      List<String> answers = run.awaitResponses(REQUESTS);
      assertThat(answers).as("each once, for nothing was repeated").hasSize(REQUESTS);
      assertAsInTheLists(answers, run.recommendations());
    }
  }

  /**
   * A list and an answer for the end of one window are of the same records. A node's last list is
   * left out: when the input has ended, answers are for the end of the node's last window.
   */
  private static void assertAsInTheLists(List<String> answers, List<String> lists)
      throws Exception {
    Map<String, JsonNode> byNodeAndTime = new HashMap<>();
    Map<String, String> last = new HashMap<>();
    for (String list : lists) {
      JsonNode read = JSON.readTree(list);
      byNodeAndTime.put(nodeAndTime(read), read.get("recommendations"));
      last.put(read.get("node").asText(), nodeAndTime(read)); // a node's come in order
    }
    byNodeAndTime.keySet().removeAll(last.values());
    int both = 0;
    for (String answer : answers) {
      JsonNode read = JSON.readTree(answer);
      JsonNode list = byNodeAndTime.get(nodeAndTime(read));
      if (list != null) {
        both++;
        assertThat(read.get("recommendations"))
            .as(answer)
            .hasSize(Math.min(K, list.size()))
            .allSatisfy(item -> assertThat(list).contains(item));
      }
    }
    assertThat(both).isGreaterThan(10);
  }

  private static String nodeAndTime(JsonNode list) {
    return list.path("node").asText() + " " + list.path("timestamp").asText();
  }

  /** So many requests for nodes of a stream, of either kind, in one partition. */
  static Script<RawArrival> requests(List<Interaction> edges, int count) {
    SplittableRandom random = new SplittableRandom(5);
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Interaction edge = edges.get(random.nextInt(edges.size()));
      String pair = "{\"source\":\"%s\",\"target\":\"%s\"}".formatted(edge.source(), edge.target());
      String other = "{\"source\":\"%s\",\"target\":\"0\"}".formatted(edge.source());
      requests.add(
          i % 2 == 0
              ? "{\"type\":\"who-next\",\"correlationId\":%d,\"node\":\"%s\",\"k\":%d}"
                  .formatted(i, edge.source(), K)
              : "{\"type\":\"score\",\"correlationId\":%d,\"pairs\":[%s,%s]}"
                  .formatted(i, pair, other));
    }
    return Scripts.raw(requests);
  }

  @Test
  void aRequestThatIsNoneHasAReason() {
    RequestParser parser =
        new RequestParser(
            new ParserSettings(0, KithOptions.TimestampUnit.MILLISECONDS, 0, 16), 0, () -> 0);
    String id = "{'correlationId':'x',";
    Map<String, String> refused =
        Map.ofEntries(
            Map.entry("{'type':'score'}", "null: field missing: name=correlationId"),
            Map.entry(id + "'node':'a'}", "x: field missing: name=type"),
            Map.entry(id + "'type':'who-next'}", "x: field missing: name=node"),
            Map.entry(id + "'type':'score'}", "x: field missing: name=pairs"),
            Map.entry(id + "'type':'score','pairs':[]}", "x: no pairs to score: pairs=[]"),
            Map.entry(
                id + "'type':'score','pairs':[{'source':'a'}]}", "x: field missing: name=target"),
            Map.entry(
                id + "'pairs':[{'source':'a','target':'a'}]}",
                "x: a node is not asked about itself: source=a"),
            Map.entry(
                id + "'pairs':['a']}", "x: pair is not an object: index=0, found=VALUE_STRING"),
            Map.entry(id + "'exclude':'a'}", "x: exclude is not an array: found=VALUE_STRING"),
            Map.entry(id + "'k':1001}", "x: k is no whole number from 1 to 1000: k=1001"),
            Map.entry(
                "{'k':1.5,'correlationId':7}", "7: k is no whole number from 1 to 1000: k=1.5"),
            Map.entry(
                "{'correlationId':'" + "x".repeat(257) + "'}",
                "null: correlationId too long: bytes=257, most=256"),
            Map.entry("{'node':'','correlationId':'x'}", "x: node is empty: length=0"),
            Map.entry(
                id + "'exclude':[" + "'a',".repeat(1000) + "'a']}",
                "x: too many: name=exclude, most=1000"));
    refused.forEach(
        (request, reason) -> {
          byte[] value = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
          RequestParser.Parsed parsed = parser.parse(new Origin("requests", 0, 0, 0), value);
          assertThat(parsed.correlationId() + ": " + parsed.refusal().reason())
              .as(request)
              .isEqualTo(reason);
        });
  }
}
