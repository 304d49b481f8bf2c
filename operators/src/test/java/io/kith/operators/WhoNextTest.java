package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.model.Candidates.Origin;
import io.kith.model.Interaction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of next partners, by the whole job. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WhoNextTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long DAY = 86_400_000;

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobClusters.of(2, 4);

  @Test
  void aNodeThatTookPartGetsAListWithReasons() throws Exception {
    List<Interaction> edges =
        List.of(
            new Interaction("ann", "bob", 1_000),
            new Interaction("cid", "bob", 2_000),
            new Interaction("bob", "dan", 3_000),
            new Interaction("ann", "bob", 4_000),
            new Interaction("eve", "dan", DAY),
            new Interaction("ann", "bob", DAY + 1_000));
    Configuration settings = JobRun.settings(2, 1_000);
    settings.setString("who-next-every", "0 s");
    settings.set(KithOptions.WHO_NEXT_SHARE, 1.0);
    JobRun run = JobRun.of(settings, Scripts.of(edges, 2));

    List<JsonNode> lists = new ArrayList<>();
    for (String list : run.recommendations()) {
      lists.add(JSON.readTree(list));
    }
    assertThat(lists)
        .extracting(list -> list.get("node").asText() + " " + list.get("window").asLong())
        .containsExactlyInAnyOrder("ann 1", "cid 2", "bob 3", "ann 4", "eve 86400", "ann 86401");
    JsonNode last =
        lists.stream().filter(l -> l.get("window").asLong() == 86_401).findFirst().get();
    assertThat(last.get("timestamp").asLong()).isEqualTo(DAY + 2_000);
    assertThat(last.get("recommendations"))
        .extracting(item -> item.get("target").asText() + " " + item.get("origin").asText())
        .as("cid and eve have never been targets")
        .containsExactlyInAnyOrder("bob again", "dan friends-of-friends");
    JsonNode reason = byTarget(last, "bob").get("reason");
    assertThat(reason.get("lastMet").asLong()).isEqualTo(DAY + 1_000);
    assertThat(reason.get("meetings").asInt()).isEqualTo(3);
    assertThat(byTarget(last, "dan").get("reason").get("lastMet").isNull()).isTrue();
    assertThat(byTarget(last, "dan").get("reason").get("strongest"))
        .as("bob, in hop 1 of both")
        .first()
        .satisfies(shared -> assertThat(shared.get("code").asInt()).isEqualTo(0b010010));
  }

  private static JsonNode byTarget(JsonNode list, String target) {
    for (JsonNode item : list.get("recommendations")) {
      if (item.get("target").asText().equals(target)) {
        return item;
      }
    }
    throw new AssertionError("not listed: target=" + target);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000, 0, 10, 16, false, 1000",
    "2, 60000, 600000, 5, 16, false, 1000",
    "4, 3600000, 0, 3, 2, true, 1000",
    "3, 0, 3600000, 10, 0, false, 1000",
    "1, 21600000, 0, 10, 16, false, 1",
    "4, 21600000, 0, 10, 16, false, 1"
  })
  void listsAreThoseOfAPlainReplay(
      int parallelism, long windowMs, long everyMs, int k, int popular, boolean discovery, int most)
      throws Exception {
    List<Interaction> edges = Golden.edges().subList(0, 1_000);
    Configuration settings = JobRun.settings(parallelism, windowMs);
    settings.set(KithOptions.WHO_NEXT_SHARE, 1.0);
    settings.setString("who-next", String.valueOf(k));
    settings.setString("who-next-every", everyMs + " ms");
    settings.setString("who-next-popular", String.valueOf(popular));
    settings.setString("who-next-discovery", String.valueOf(discovery));
    settings.setString("who-next-most", String.valueOf(most));
    JobRun run = JobRun.of(settings, Scripts.of(edges, 3));

    Set<Origin> origins = EnumSet.allOf(Origin.class);
    if (popular == 0) {
      origins.remove(Origin.POPULAR);
    }
    WhoNextSettings lists =
        new WhoNextSettings(k, everyMs, 1, false, origins, discovery, popular, most);
    SequentialLists expected =
        SequentialLists.of(Golden.weights(), new Windows(windowMs), lists, edges);
    assertThat(expected.lists()).hasSizeGreaterThan(100);
    assertThat(run.distinctRecommendations()).isEqualTo(expected.lists());
    assertThat(run.recommendations()).hasSameSizeAs(expected.lists());
    assertThat(expected.skipped()).as("most=" + most).matches(s -> most > 1 ? s == 0 : s > 20);
    assertThat(lastLists(run)).isEqualTo(expected.lastLists());
    assertThat(expected.lastLists())
        .anyMatch(line -> line.endsWith(" null"))
        .anyMatch(line -> line.endsWith("\"position\":null}"))
        .anyMatch(line -> line.endsWith("\"position\":2}"));
  }

  /** What each prediction says of the last list of its source, sorted. */
  private static List<String> lastLists(JobRun run) throws Exception {
    List<String> said = new ArrayList<>();
    for (String prediction : run.predictions()) {
      JsonNode json = JSON.readTree(prediction);
      said.add(
          "%s %s %d %s"
              .formatted(
                  json.get("source").asText(),
                  json.get("target").asText(),
                  json.get("timestamp").asLong(),
                  json.get("lastList")));
    }
    said.sort(null);
    return said;
  }

  @Test
  void withoutListsAPredictionSaysNothingOfThem() throws Exception {
    JobRun run =
        JobRun.of(
            JobRun.settingsWithoutLists(2, 60_000), Scripts.of(Golden.edges().subList(0, 100), 2));

    assertThat(run.predictions()).hasSize(100).noneMatch(p -> p.contains("lastList"));
  }
}
