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
    JobRun run = JobRun.of(settings, JobRun.script(edges, 2));

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
    "1, 1000, 0, 10, 16, false",
    "2, 60000, 600000, 5, 16, false",
    "4, 3600000, 0, 3, 2, true",
    "3, 0, 3600000, 10, 0, false"
  })
  void listsAreThoseOfAPlainReplay(
      int parallelism, long windowMs, long everyMs, int k, int popular, boolean discovery)
      throws Exception {
    List<Interaction> edges = Golden.edges().subList(0, 1_000);
    Configuration settings = JobRun.settings(parallelism, windowMs);
    settings.set(KithOptions.WHO_NEXT_SHARE, 1.0);
    settings.setString("who-next", String.valueOf(k));
    settings.setString("who-next-every", everyMs + " ms");
    settings.setString("who-next-popular", String.valueOf(popular));
    settings.setString("who-next-discovery", String.valueOf(discovery));
    JobRun run = JobRun.of(settings, JobRun.script(edges, 3));

    Set<Origin> origins = EnumSet.allOf(Origin.class);
    if (popular == 0) {
      origins.remove(Origin.POPULAR);
    }
    WhoNextSettings lists =
        new WhoNextSettings(k, everyMs, 1, false, origins, discovery, popular, Integer.MAX_VALUE);
    List<String> expected =
        SequentialLists.of(Golden.weights(), new Windows(windowMs), lists, edges);
    assertThat(expected).hasSizeGreaterThan(200);
    assertThat(run.distinctRecommendations()).isEqualTo(expected);
    assertThat(run.recommendations()).hasSameSizeAs(expected);
  }
}
