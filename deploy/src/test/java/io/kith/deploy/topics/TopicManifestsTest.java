package io.kith.deploy.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kith.deploy.k8s.Manifests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strimzi is told of the topics that {@code kith topics} creates, and of who may do what there. */
class TopicManifestsTest {
  private static final String PREFIX = "kith";

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
  void everyTopicIsDeclaredAsTheCommandCreatesIt(String overlay) throws Exception {
    Manifests manifests = Manifests.rendered(overlay);

    assertThat(manifests.ofKind("KafkaTopic").map(Manifests::name))
        .containsExactlyInAnyOrderElementsOf(
            TopicPlan.ALL.stream().map(plan -> plan.name(PREFIX)).toList());
    for (TopicPlan plan : TopicPlan.ALL) {
      JsonNode spec = manifests.named("KafkaTopic", plan.name(PREFIX)).get("spec");
      if (plan.partitions() != 0) {
        assertThat(spec.get("partitions").asInt()).isEqualTo(plan.partitions());
      }
      assertThat(config(spec)).as(plan.suffix()).containsAllEntriesOf(plan.settings());
    }
    // Serving holds a node's records of all three in one task.
    assertThat(List.of("predictions", "recommendations"))
        .allSatisfy(
            suffix ->
                assertThat(partitions(manifests, suffix))
                    .isEqualTo(partitions(manifests, "embeddings")));
  }

  @Test
  void everyTopicHasWhoMayWriteItAndWhoMayReadIt() throws Exception {
    List<JsonNode> users = Manifests.rendered("base").ofKind("KafkaUser").toList();
    Set<String> all = TopicPlan.ALL.stream().map(TopicPlan::suffix).collect(Collectors.toSet());

    for (String operation : List.of("Read", "Write")) {
      assertThat(users.stream().flatMap(user -> allowed(user, operation).stream()))
          .as(operation)
          .containsAll(all);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kith-job, edges signals requests,"
        + " predictions embeddings recommendations dead-letter responses",
    "kith-serve, embeddings predictions recommendations quality alerts, ",
    "kith-quality, predictions quality, quality alerts",
    "kith-source, , edges signals",
    "kith-reader, predictions embeddings recommendations responses quality alerts dead-letter,"
        + " requests"
  })
  void eachUserMayReadAndWriteWhatItsApplicationDoesAndNoMore(
      String user, String reads, String writes) throws Exception {
    JsonNode manifest = Manifests.rendered("base").named("KafkaUser", user);

    assertThat(allowed(manifest, "Read")).isEqualTo(suffixes(reads));
    assertThat(allowed(manifest, "Write")).isEqualTo(suffixes(writes));
  }

  private static Set<String> suffixes(String text) {
    return text == null ? Set.of() : Set.of(text.split(" "));
  }

  /** Suffixes of Kith's topics; an application's own topics are allowed by their prefix. */
  private static Set<String> allowed(JsonNode user, String operation) {
    Set<String> topics = new TreeSet<>();
    for (JsonNode acl : user.at("/spec/authorization/acls")) {
      if (acl.at("/resource/type").asText().equals("topic")
          && acl.at("/resource/patternType").asText().equals("literal")
          && acl.get("operations").toString().contains("\"" + operation + "\"")) {
        topics.add(acl.at("/resource/name").asText().substring(PREFIX.length() + 1));
      }
    }
    return topics;
  }

  private static int partitions(Manifests manifests, String suffix) {
    return manifests.named("KafkaTopic", PREFIX + "." + suffix).at("/spec/partitions").asInt();
  }

  private static Map<String, String> config(JsonNode spec) {
    Map<String, String> config = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : spec.get("config").properties()) {
      config.put(entry.getKey(), entry.getValue().asText());
    }
    return config;
  }
}
