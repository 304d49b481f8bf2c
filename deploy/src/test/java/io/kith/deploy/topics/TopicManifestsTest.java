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
        + " predictions embeddings recommendations dead-letter responses,"
        + " kith kith-signals kith-requests",
    "kith-serve, embeddings predictions recommendations quality alerts, , kith-serve",
    "kith-quality, predictions quality, quality alerts, kith-quality",
    "kith-source, , edges signals, ",
    "kith-reader, predictions embeddings recommendations responses quality alerts dead-letter,"
        + " requests, kith-reader-"
  })
  void eachUserMayDoWhatItsApplicationDoesAndNoMore(
      String user, String reads, String writes, String groups) throws Exception {
    JsonNode manifest = Manifests.rendered("base").named("KafkaUser", user);

    assertThat(allowed(manifest, "Read")).isEqualTo(words(reads));
    assertThat(allowed(manifest, "Write")).isEqualTo(words(writes));
    assertThat(named(manifest, "group", "Read")).isEqualTo(words(groups));
  }

  private static Set<String> words(String text) {
    return text == null ? Set.of() : Set.of(text.split(" "));
  }

  /** Suffixes of Kith's topics; an application's own topics have other names. */
  private static Set<String> allowed(JsonNode user, String operation) {
    return named(user, "topic", operation).stream()
        .filter(topic -> topic.startsWith(PREFIX + "."))
        .map(topic -> topic.substring(PREFIX.length() + 1))
        .collect(Collectors.toSet());
  }

  /** Names of what a user may do something with, or their beginnings. */
  private static Set<String> named(JsonNode user, String type, String operation) {
    Set<String> names = new TreeSet<>();
    for (JsonNode acl : user.at("/spec/authorization/acls")) {
      if (acl.at("/resource/type").asText().equals(type)
          && acl.get("operations").toString().contains("\"" + operation + "\"")) {
        names.add(acl.at("/resource/name").asText());
      }
    }
    return names;
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
