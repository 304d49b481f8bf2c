package io.kith.deploy.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kith.deploy.k8s.Manifests;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    assertThat(partitions(manifests, "embeddings")).isEqualTo(partitions(manifests, "predictions"));
  }

  @Test
  void everyTopicHasWhoMayWriteItAndWhoMayReadIt() throws Exception {
    Manifests manifests = Manifests.rendered("base");
    Set<String> written = allowed(manifests, "Write");
    Set<String> read = allowed(manifests, "Read");
    Set<String> all =
        TopicPlan.ALL.stream().map(plan -> plan.name(PREFIX)).collect(Collectors.toSet());

    assertThat(written).containsExactlyInAnyOrderElementsOf(all);
    assertThat(read).containsExactlyInAnyOrderElementsOf(all);
  }

  private static Set<String> allowed(Manifests manifests, String operation) {
    Set<String> topics = new TreeSet<>();
    manifests
        .ofKind("KafkaUser")
        .forEach(
            user -> {
              for (JsonNode acl : user.at("/spec/authorization/acls")) {
                if (acl.at("/resource/type").asText().equals("topic")
                    && acl.at("/resource/patternType").asText().equals("literal")
                    && acl.get("operations").toString().contains("\"" + operation + "\"")) {
                  topics.add(acl.at("/resource/name").asText());
                }
              }
            });
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
