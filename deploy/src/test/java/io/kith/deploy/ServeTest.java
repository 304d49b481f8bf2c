package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kith.deploy.local.EmbeddedKafka;
import io.kith.deploy.topics.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kith serve} as users run it: processes on a broker, one of them killed, one restored. */
@Tag("long")
class ServeTest {
  private static final int NODES = 20_000;
  private static final int ASKED = 60;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Server> started = new ArrayList<>();

  private record Server(StreamsRun process, int port) {}

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, false);
    ServedTopics.fill(kafka, "shared", NODES);
    ServedTopics.fill(kafka, "restored", NODES);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @AfterEach
  void stop() {
    for (Server server : started) {
      server.process().close();
    }
  }

  @Test
  @Timeout(600)
  void twoProcessesShareTheWorkAndOneAnswersForBothWhenTheOtherIsKilled() throws Exception {
    Server first = start("shared", "first");
    Server second = start("shared", "second");
    await(() -> status(first, "/health/ready") == 200 && status(second, "/health/ready") == 200);
    await(() -> shared(first, second));

    for (Server each : List.of(first, second)) {
      for (int i = 0; i < ASKED; i++) {
        HttpResponse<String> node = get(each, "/v1/nodes/n" + i);
        assertThat(node.statusCode()).as(node.body()).isEqualTo(200);
        assertThat(json(node).get("vector").get(0).asDouble()).isEqualTo(ServedTopics.vector(i, 0));
        HttpResponse<String> predictions = get(each, "/v1/nodes/n" + i + "/predictions");
        assertThat(json(predictions).at("/predictions/0/target").asText()).isEqualTo("n" + (i + 1));
      }
      assertThat(status(each, "/v1/nodes/nobody")).isEqualTo(404);
      JsonNode similar = json(get(each, "/v1/nodes/n5/similar?k=10"));
      assertThat(similar.get("complete").asBoolean()).as(similar.toString()).isTrue();
      assertThat(similar.get("similar")).hasSize(10);
      assertThat(json(get(each, "/v1/quality")).at("/total/predictions").asInt()).isEqualTo(7);
    }

    second.process().close();

    Set<String> replicas = new TreeSet<>();
    for (int i = 0; i < ASKED; i++) {
      HttpResponse<String> node = get(first, "/v1/nodes/n" + i);
      assertThat(node.statusCode()).as("n%d: %s", i, node.body()).isIn(200, 503);
      node.headers().firstValue("Kith-Replica").ifPresent(replicas::add);
    }
    assertThat(replicas).as("who answered after the kill").contains("owner", "standby");
    JsonNode partial = json(get(first, "/v1/nodes/n5/similar"));
    assertThat(partial.has("complete")).as(partial.toString()).isTrue();

    await(() -> isWhole(first));
    for (int i = 0; i < ASKED; i++) {
      assertThat(status(first, "/v1/nodes/n" + i)).isEqualTo(200);
    }
  }

  @Test
  @Timeout(600)
  void aNewProcessSaysHowFarItsRestoreIsAndNeverNotFound() throws Exception {
    Server first = start("restored", "third");
    assertThat(statusesUntilReady(first)).doesNotContain(404);
    first.process().stop();

    Server second = start("restored", "fourth");

    assertThat(statusesUntilReady(second)).contains(503).doesNotContain(404);
    assertThat(status(second, "/v1/nodes/n" + (NODES - 1))).isEqualTo(200);
    assertThat(status(second, "/v1/nodes/nobody")).isEqualTo(404);
  }

  @Test
  @Timeout(600)
  void abortedTransactionsKeepNobodyWaiting() throws Exception {
    try (Topics topics = new Topics(kafka.bootstrapServers(), Map.of())) {
      topics.ensure("aborted", ServedTopics.PARTITIONS, (short) 1);
    }
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "aborted");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer
          .send(new ProducerRecord<>("aborted.embeddings", 0, "n1", ServedTopics.embedding(1)))
          .get();
      producer.commitTransaction();
      producer.beginTransaction();
      for (int partition = 0; partition < ServedTopics.PARTITIONS; partition++) {
        producer.send(new ProducerRecord<>("aborted.embeddings", partition, "x", "{")).get();
      }
      producer.abortTransaction();
    }
    Server server = start("aborted", "fifth");

    await(() -> status(server, "/health/ready") == 200);
    assertThat(status(server, "/v1/nodes/nobody")).isEqualTo(404);
  }

  /** Of a node that is there, asked again and again while the process starts. */
  private Set<Integer> statusesUntilReady(Server server) {
    Set<Integer> statuses = new TreeSet<>();
    await(
        () -> {
          statuses.add(status(server, "/v1/nodes/n" + (NODES - 1)));
          statuses.add(status(server, "/v1/nodes/n7/predictions"));
          return status(server, "/health/ready") == 200;
        });
    return statuses;
  }

  private boolean shared(Server first, Server second) {
    Set<String> owners = new TreeSet<>();
    for (int i = 0; i < ASKED; i++) {
      // As if another instance asked: the one that does not own the node says so.
      for (Server each : List.of(first, second)) {
        HttpResponse<String> answer = get(each, "/v1/nodes/n" + i, "Kith-Forwarded", "1");
        if (answer.headers().firstValue("Kith-Replica").orElse("").equals("owner")) {
          owners.add(each.port() + "");
        }
      }
    }
    return owners.size() == 2;
  }

  private boolean isWhole(Server server) {
    HttpResponse<String> answer = get(server, "/v1/nodes/n5/similar");
    return answer.statusCode() == 200 && json(answer).get("complete").asBoolean();
  }

  private Server start(String prefix, String name) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    StreamsRun process =
        StreamsRun.start(
            folder.resolve(name),
            "serve.ServeMain",
            Map.of(),
            "--bootstrap-servers=" + kafka.bootstrapServers(),
            "--prefix=" + prefix,
            "--listen=127.0.0.1:" + port,
            "--peer-timeout=5s",
            "--kafka.consumer.session.timeout.ms=6000");
    Server server = new Server(process, port);
    started.add(server);
    return server;
  }

  private HttpResponse<String> get(Server server, String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("no answer: path=" + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: path=" + path, e);
    }
  }

  /** 0 before the process listens. */
  private int status(Server server, String path) {
    assertThat(server.process().isAlive()).as(server.process()::said).isTrue();
    try {
      return get(server, path).statusCode();
    } catch (IllegalStateException e) {
      return 0;
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return new JsonMapper().readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException("no JSON: body=" + response.body(), e);
    }
  }

  /** Until it holds; the test's own time limit ends it otherwise. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(50_000_000);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("time is up");
      }
    }
  }
}
