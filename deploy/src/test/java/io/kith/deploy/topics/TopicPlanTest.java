package io.kith.deploy.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.streams.AsyncApi;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
  @Test
  void theTopicsAreThoseOfTheAsyncApiDocumentAndCleanedUpAsItSays() throws IOException {
    JsonNode channels = new ObjectMapper().readTree(AsyncApi.document()).get("channels");

    assertThat(channels.propertyStream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrderElementsOf(
            TopicPlan.ALL.stream().map(TopicPlan::suffix).toList());
    for (TopicPlan plan : TopicPlan.ALL) {
      assertThat(
              channels
                  .get(plan.suffix())
                  .at("/bindings/kafka/topicConfiguration/cleanup.policy/0")
                  .asText())
          .as(plan.suffix())
          .isEqualTo(plan.settings().get("cleanup.policy"));
    }
  }
}
