package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthApiTest {
  private final Instance instance = new Instance().alone();
  private final ApiContract api = new ApiContract(instance);

  @AfterEach
  void close() {
    instance.close();
  }

  @Test
  void saysWhetherItIsAliveAndReady() {
    assertThat(api.ok("/health/live", "/health/live").get("healthy").asBoolean()).isTrue();
    assertThat(api.ok("/health/ready", "/health/ready").get("state").asText()).isEqualTo("RUNNING");

    TopicPartition changelog = new TopicPartition("x-embeddings-changelog", 1);
    instance.restoration.onRestoreStart(changelog, "embeddings", 100, 300);
    instance.restoration.onBatchRestored(changelog, "embeddings", 300, 50);
    HttpResponse<String> restoring = instance.get("/health/ready");
    assertThat(restoring.statusCode()).isEqualTo(503);
    api.conforms("/health/ready", "get", restoring);
    assertThat(Instance.json(restoring).get("restored").asLong()).isEqualTo(50);
    assertThat(Instance.json(restoring).get("total").asLong()).isEqualTo(200);
    instance.restoration.onRestoreEnd(changelog, "embeddings", 200);
    api.ok("/health/ready", "/health/ready");

    instance.state = State.ERROR;
    HttpResponse<String> dead = instance.get("/health/live");
    assertThat(dead.statusCode()).isEqualTo(503);
    api.conforms("/health/live", "get", dead);
  }

  @Test
  void isNotReadyBeforeItHasReadWhatStoodOnTheTopics() {
    TopicPartition partition = new TopicPartition("kith.embeddings", 0);
    try (Instance late = new Instance(Optional.empty(), Map.of(partition, 40L)).alone()) {
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
      assertThat(Instance.json(late.get("/v1/nodes/a/similar")).get("complete").asBoolean())
          .isTrue();
    }
  }
}
