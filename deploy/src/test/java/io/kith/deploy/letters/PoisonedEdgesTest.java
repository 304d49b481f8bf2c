package io.kith.deploy.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.kith.deploy.CommandRun;
import io.kith.deploy.local.LocalStack;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.deploy.topics.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job on a topic that anybody writes to, and what becomes of what it refuses. */
class PoisonedEdgesTest {
  private static final Map<String, String> FLAGS =
      Map.of(
          "model", "src/test/resources/tiny.safetensors",
          "nodes", "1000",
          "idle-timeout", "200 ms",
          "max-parallelism", "4");

  private static final int MIB = 1 << 20;
  private static final int EDGES_TAKE = 20 * MIB;
  private static final String LATER = "{\"source\":\"ann\",\"target\":\"bob\",\"timestamp\":1e3}";

  @TempDir Path folder;
  private LocalStack stack;

  private static List<byte[]> corpus() {
    List<byte[]> corpus = new ArrayList<>();
    for (String text :
        List.of(
            "",
            "{\"source\":\"a\",\"target\"",
            "{\"a\":".repeat(100_000),
            "[".repeat(10_000_000),
            "{\"source\":\"a\",\"x\":\"" + "y".repeat(10_000_000) + "\"}",
            with("features", "[NaN]"),
            with("features", "[\"Infinity\"]"),
            with("features", "[1e400]"),
            with("features", "[1]"),
            with("timestamp", "-1"),
            with("timestamp", "99999999999999"),
            with("timestamp", "9".repeat(25)),
            with("target", "\"a\""),
            with("source", "\"" + "z".repeat(65_536) + "\""),
            with("source", "\"\\ud800\""),
            with("source", "null"),
            "{\"source\":\"a\",\"source\":\"a\",\"target\":\"b\",\"timestamp\":1}",
            "null")) {
      corpus.add(text.getBytes(UTF_8));
    }
    byte[] notUtf8 = with("features", "[]").getBytes(UTF_8);
    notUtf8[12] = (byte) 0xff;
    corpus.add(notUtf8);
    corpus.add(null);
    // Fits into the edges, and with its reason not into Kafka's usual 1 MB.
    corpus.add(new byte[MIB - 100]);
    corpus.add(new byte[17 * MIB]);
    return corpus;
  }

  private static String with(String field, String value) {
    String source = field.equals("source") ? value : "\"a\"";
    String target = field.equals("target") ? value : "\"b\"";
    String timestamp = field.equals("timestamp") ? value : "1";
    String features = field.equals("features") ? value : "[]";
    return "{\"source\":%s,\"target\":%s,\"timestamp\":%s,\"features\":%s}"
        .formatted(source, target, timestamp, features);
  }

  @Test
  @Timeout(180)
  void nothingIsLostAndWhatIsMendedGoesInAgainOnce() throws Exception {
    List<byte[]> corpus = corpus();
    try (LocalStack started = new LocalStack(folder.resolve("run"), step -> {})) {
      stack = started;
      stack.startKafka(new SettingsLoader(Map.of()).load(Optional.empty(), FLAGS), 0, 1);
      letEdgesTake(EDGES_TAKE);
      stack.startJob();
      try (KafkaProducer<byte[], byte[]> producer = producer()) {
        for (int i = 0; i < corpus.size(); i++) {
          byte[] key = i % 2 == 0 ? null : new byte[] {(byte) i};
          producer.send(new ProducerRecord<>("kith.edges", key, corpus.get(i))).get();
          producer.send(new ProducerRecord<>("kith.edges", good(i))).get();
        }
        producer.send(new ProducerRecord<>("kith.edges", LATER.getBytes(UTF_8))).get();
      }

      assertThat(read("predictions", corpus.size())).hasSize(corpus.size());
      List<ConsumerRecord<byte[], byte[]>> letters = read("dead-letter", corpus.size() + 1);
      letters.sort(Comparator.comparingLong(letter -> Letter.of(letter).origin().offset()));
      for (int i = 0; i < corpus.size(); i++) {
        Letter letter = Letter.of(letters.get(i));
        assertHeaders("dead-letter-headers", letters.get(i));
        boolean tooLarge = corpus.get(i) != null && corpus.get(i).length > 16 * MIB;
        assertThat(letter.origin()).isEqualTo(new Place(0, 2L * i));
        assertThat(letter.topic()).isEqualTo("kith.edges");
        assertThat(letter.stage()).isEqualTo("intake");
        assertThat(letter.reason()).as("letter %d", i).containsPattern("[a-z-]+=[^ ,=]+( ms)?$");
        assertThat(letter.leftOut()).as("letter %d", i).isEqualTo(tooLarge);
        assertThat(Arrays.equals(letter.value(), tooLarge ? null : corpus.get(i)))
            .as("letter %d", i)
            .isTrue();
        assertThat(letter.key()).isEqualTo(i % 2 == 0 || tooLarge ? null : new byte[] {(byte) i});
      }
      shows(corpus.size() + 1);
      replays(corpus.size());
    }
  }

  private void shows(int letters) {
    CommandRun shown = kith("show", "--reason", "OUT OF BOUNDS", "--limit", "1");
    assertThat(shown.exit()).as(shown.text()).isZero();
    assertThat(shown.text())
        .contains("intake  from kith.edges 0/18")
        .contains("timestamp out of bounds: timestamp=-1, timestamp-unit=MILLISECONDS")
        .contains("{\"source\":\"a\",\"target\":\"b\",\"timestamp\":-1,\"features\":[]}")
        .contains("3 dead letters on kith.dead-letter")
        .doesNotContain("timestamp=99999999999999");
    assertThat(kith("show", "--counts").text())
        .contains(letters + " dead letters")
        .contains(" 6  not JSON")
        .doesNotContain("from kith.edges");
  }

  private void replays(int before) throws Exception {
    // 99999999999999 ms is far ahead; as microseconds it is in 1973.
    String[] repair = {"--reason", "timestamp=99999999999999,", "--timestamp-from", "microseconds"};
    CommandRun dry = kith("replay", repair);
    assertThat(dry.text())
        .contains("-> kith.edges  {\"source\":\"a\",\"target\":\"b\",\"timestamp\":99999999999,")
        .contains("Would send 1 to kith.edges")
        .contains("Nothing has been sent; say --yes to send");
    assertThat(kith("replay", and(repair, "--yes")).text()).contains("Sent 1 to kith.edges");
    assertThat(kith("replay", and(repair, "--yes")).text()).contains("Nothing to send");

    Path file = folder.resolve("letters.jsonl");
    assertThat(kith("show", "--reason", "not a whole number", "--out", file.toString()).exit())
        .isZero();
    Files.writeString(file, Files.readString(file).replace("1e3", "100000000000"));
    CommandRun mended = kith("replay", "--in", file.toString(), "--yes");
    assertThat(mended.exit()).as(mended.text()).isZero();
    assertThat(kith("replay", "--in", file.toString(), "--yes").text()).contains("Nothing to send");

    CommandRun tooLarge = kith("replay", "--reason", "Illegal character", "--yes");
    assertThat(tooLarge.exit()).isEqualTo(1);
    assertThat(tooLarge.text())
        .contains("its topic does not take so large a record")
        .contains("Sent 1 to kith.edges");

    List<ConsumerRecord<byte[], byte[]>> all = read("predictions", before + 2);
    assertThat(new String(all.get(before).value(), UTF_8)).contains("\"timestamp\":99999999999,");
    assertThat(new String(all.get(before + 1).value(), UTF_8)).contains("\"source\":\"ann\"");
    // The letter that was sent as it was is refused again: a new letter; and three marks.
    List<ConsumerRecord<byte[], byte[]>> letters = read("dead-letter", before + 1 + 3 + 1);
    assertThat(letters).hasSize(before + 1 + 3 + 1);
    assertThat(letters.stream().filter(record -> Letter.marked(record).isPresent()))
        .hasSize(3)
        .allSatisfy(mark -> assertHeaders("replay-mark-headers", mark));
  }

  private static void assertHeaders(String name, ConsumerRecord<byte[], byte[]> record) {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                PoisonedEdgesTest.class.getResourceAsStream("/schema/" + name + ".schema.json"));
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    assertThat(schema.validate(headers)).isEmpty();
    assertThat(schema.getSchemaNode().get("properties").propertyStream().map(Map.Entry::getKey))
        .containsAll(headers.propertyStream().map(Map.Entry::getKey).toList());
  }

  private static String[] and(String[] some, String more) {
    String[] all = Arrays.copyOf(some, some.length + 1);
    all[some.length] = more;
    return all;
  }

  private CommandRun kith(String command, String... flags) {
    List<String> all = new ArrayList<>(List.of("dead-letter", command));
    all.addAll(List.of("--bootstrap-servers", stack.bootstrapServers()));
    all.addAll(List.of(flags));
    return CommandRun.kith(all.toArray(String[]::new));
  }

  /** Each in a window of its own. */
  private static byte[] good(int i) {
    return "{\"source\":1,\"target\":2,\"timestamp\":%d}".formatted(i * 5000).getBytes(UTF_8);
  }

  private void letEdgesTake(int bytes) throws Exception {
    ConfigResource edges = new ConfigResource(ConfigResource.Type.TOPIC, "kith.edges");
    AlterConfigOp set =
        new AlterConfigOp(
            new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
            AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      admin.incrementalAlterConfigs(Map.of(edges, List.of(set))).all().get();
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", stack.bootstrapServers(), "max.request.size", EDGES_TAKE),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String suffix, int number) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(stack.bootstrapServers(), Map.of(), stack.settings().topic(suffix), true)) {
      while (read.size() < number) {
        reader.poll(Duration.ofSeconds(1)).forEach(read::add);
      }
    }
    return read;
  }
}
