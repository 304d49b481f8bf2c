package io.kith.deploy.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kith.deploy.CommandException;
import io.kith.deploy.console.Terminal;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.topics.TopicReader;
import io.kith.deploy.topics.Topics;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends one request and waits for its answer. One thread. */
final class Asker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STEP = Duration.ofMillis(200);
  private static final double SHOWN_AFTER_SECONDS = 2;

  private final Settings settings;
  private final String servers;
  private final double timeoutSeconds;
  private final Terminal terminal = Terminal.stderr();
  private final String correlationId = UUID.randomUUID().toString();

  Asker(Settings settings, double timeoutSeconds) {
    this.settings = settings;
    this.servers = settings.get(KithOptions.BOOTSTRAP_SERVERS);
    this.timeoutSeconds = timeoutSeconds;
  }

  /** The beginning of a request. */
  ObjectNode request(String type) {
    return JSON.createObjectNode().put("type", type).put("correlationId", correlationId);
  }

  /**
   * Asks.
   *
   * @throws CommandException where the job refuses the request, or no answer comes in time
   */
  JsonNode ask(ObjectNode request) throws CommandException, IOException, InterruptedException {
    String requests = settings.topic("requests");
    String responses = settings.topic("responses");
    try (Topics topics = new Topics(servers, settings.kafka())) {
      List<String> missing = topics.missing(List.of(requests, responses));
      if (!missing.isEmpty()) {
        throw new CommandException(
            "topics are missing; create them with 'kith topics --bootstrap-servers %s --prefix %s': topics=%s"
                .formatted(servers, settings.get(KithOptions.PREFIX), String.join(",", missing)));
      }
    }
    JsonNode answer;
    try (TopicReader reader = new TopicReader(servers, settings.kafka(), responses, false)) {
      send(requests, JSON.writeValueAsBytes(request));
      answer = await(reader, responses);
    } finally {
      terminal.erase();
    }
    if (answer.path("type").asText().equals("error")) {
      throw new CommandException("the job refused the request: " + answer.path("error").asText());
    }
    return answer;
  }

  private void send(String topic, byte[] request) throws CommandException, InterruptedException {
    Map<String, Object> all = new HashMap<>();
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "20000");
    all.putAll(settings.kafka());
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.send(new ProducerRecord<>(topic, request)).get();
    } catch (ExecutionException e) {
      throw new CommandException(
          "Kafka did not take the request (%s): topic=%s"
              .formatted(e.getCause().getMessage(), topic),
          e);
    } finally {
      producer.close(Duration.ofSeconds(2));
    }
  }

  private JsonNode await(TopicReader reader, String topic) throws CommandException, IOException {
    byte[] key = correlationId.getBytes(StandardCharsets.UTF_8);
    long start = System.nanoTime();
    double waited = 0;
    while (waited < timeoutSeconds) {
      for (ConsumerRecord<byte[], byte[]> entry : reader.poll(STEP)) {
        if (Arrays.equals(entry.key(), key)) {
          return JSON.readTree(entry.value());
        }
      }
      waited = (System.nanoTime() - start) / 1e9;
      if (waited >= SHOWN_AFTER_SECONDS) {
        String line =
            "Waiting for the job's answer: %.0f of %.0f s".formatted(waited, timeoutSeconds);
        terminal.show(List.of(line), line);
      }
    }
    throw new CommandException(
        "no answer; is the job running with this prefix, and has it caught up? A job that starts later still answers,"
            + " on %s: timeout=%s s, correlation-id=%s"
                .formatted(topic, timeoutSeconds, correlationId));
  }
}
