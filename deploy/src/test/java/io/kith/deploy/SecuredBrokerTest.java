package io.kith.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.topics.TopicReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that consumers start, on a broker that asks for TLS and a password. The secrets come each
 * time from elsewhere, and are seen nowhere.
 */
@Tag("long")
class SecuredBrokerTest {
  @TempDir static Path folder;
  private static SecuredKafka kafka;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = SecuredKafka.start(folder.resolve("kafka"));
    assertThat(topics(SecuredKafka.PASSWORD).exit()).isZero();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void topicsTakeThemFromTheirSettingsFileAndAWrongOneIsNamedWithoutItself() throws Exception {
    CommandRun right = topics(SecuredKafka.PASSWORD);
    CommandRun wrong = topics("wr0ng-" + SecuredKafka.PASSWORD);

    assertThat(right.text()).containsPattern("kith.edges +1 partitions  exists");
    assertThat(wrong.exit()).as(wrong.text()).isEqualTo(1);
    assertThat(wrong.text()).contains("Authentication failed");
    assertHidden(right.text());
    assertHidden(wrong.text());
  }

  @Test
  @Timeout(120)
  void theIntakeTakesThemFromTheEnvironment() throws Exception {
    try (Admin admin = Admin.create(client())) {
      admin.createTopics(List.of(new NewTopic("orders", 1, (short) 1))).all().get();
    }
    Map<String, String> environment = new HashMap<>();
    kafka.client().forEach((name, value) -> environment.put(variable(name), value));

    try (StreamsRun intake =
        StreamsRun.start(
            folder.resolve("intake"),
            "intake.IntakeMain",
            environment,
            "--bootstrap-servers=" + kafka.bootstrapServers(),
            "--topics=orders",
            "--delivery=exactly-once")) {
      send("orders", "k", "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1700000000000}");
      send("orders", "k", "{");

      assertThat(read("kith.edges", intake))
          .isEqualTo("{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1700000000000}");
      assertThat(read("kith.dead-letter", intake)).isEqualTo("{");
      CommandRun shown = kith(SecuredKafka.PASSWORD, "dead-letter", "show");
      assertThat(shown.text()).contains("foreign  from orders 0/1");
      assertHidden(shown.text());
      intake.stop();
      assertSaysNone(intake);
    }
  }

  @Test
  @Timeout(120)
  void qualityHasThemFetchedByKafkasOwnProviders() throws Exception {
    Path secrets = Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(secrets.resolve("login"), SecuredKafka.login(SecuredKafka.PASSWORD));
    Files.writeString(secrets.resolve("store"), SecuredKafka.STORE_PASSWORD);
    Properties file = new Properties();
    kafka.client().forEach((name, value) -> file.setProperty("kafka." + name, value));
    file.setProperty("kafka.config.providers", "dir");
    file.setProperty(
        "kafka.config.providers.dir.class",
        "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
    file.setProperty("kafka.sasl.jaas.config", "${dir:" + secrets + ":login}");
    file.setProperty("kafka.ssl.truststore.password", "${dir:" + secrets + ":store}");
    file.setProperty("bootstrap-servers", kafka.bootstrapServers());

    try (StreamsRun quality =
        StreamsRun.start(
            folder.resolve("quality"), "QualityMain", Map.of(), "--config=" + write(file))) {
      send("kith.predictions", "n1", ServedTopics.prediction(1));

      assertThat(read("kith.quality", quality)).contains("\"predictions\":1");
      quality.stop();
      assertSaysNone(quality);
    }
  }

  @Test
  @Timeout(120)
  void serveTakesThemFromItsFile() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Properties file = new Properties();
    kafka.client().forEach((name, value) -> file.setProperty("kafka." + name, value));

    try (StreamsRun serve =
        StreamsRun.start(
            folder.resolve("serve"),
            "serve.ServeMain",
            Map.of(),
            "--bootstrap-servers=" + kafka.bootstrapServers(),
            "--listen=127.0.0.1:" + port,
            "--config=" + write(file))) {
      send("kith.embeddings", "n1", ServedTopics.embedding(1));

      assertThat(await("http://127.0.0.1:" + port + "/v1/nodes/n1", serve))
          .contains("\"node\":\"n1\"");
      serve.stop();
      assertSaysNone(serve);
    }
  }

  private static String variable(String property) {
    return "KITH_KAFKA_" + property.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static CommandRun topics(String password) throws IOException {
    return kith(password, "topics", "--partitions", "1");
  }

  /** A command with the settings in a file. */
  private static CommandRun kith(String password, String... arguments) throws IOException {
    Map<String, String> properties = new TreeMap<>(kafka.client());
    properties.put("sasl.jaas.config", SecuredKafka.login(password));
    StringBuilder yaml = new StringBuilder("kafka:\n");
    properties.forEach((name, value) -> yaml.append("  %s: '%s'%n".formatted(name, value)));
    Path file = Files.writeString(Files.createTempFile(folder, "kith", ".yaml"), yaml);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", file.toString()));
    all.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers()));
    return CommandRun.kith(all.toArray(String[]::new));
  }

  private static Path write(Properties properties) throws IOException {
    Path file = Files.createTempFile(folder, "app", ".properties");
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  /** Kafka writes its settings into the log, so there is something to hide. */
  private static void assertSaysNone(StreamsRun run) {
    assertThat(run.said())
        .contains("StreamsConfig values", "sasl.jaas.config = [hidden]", "protocol = SASL_SSL");
    assertHidden(run.said());
  }

  private static void assertHidden(String said) {
    assertThat(said).doesNotContain(SecuredKafka.secrets());
  }

  private static Map<String, Object> client() {
    Map<String, Object> all = new HashMap<>(kafka.client());
    all.put("bootstrap.servers", kafka.bootstrapServers());
    return all;
  }

  private static void send(String topic, String key, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8))).get();
    }
  }

  /** The first record of a topic, whenever it comes. */
  private static String read(String topic, StreamsRun writer) {
    try (TopicReader reader =
        new TopicReader(kafka.bootstrapServers(), kafka.client(), topic, true)) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ofSeconds(1))) {
          return new String(record.value(), UTF_8);
        }
        assertThat(writer.isAlive()).as(writer::said).isTrue();
      }
    }
  }

  private static String await(String address, StreamsRun server) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    while (true) {
      assertThat(server.isAlive()).as(server::said).isTrue();
      try {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return answer.body();
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      LockSupport.parkNanos(50_000_000);
    }
  }
}
