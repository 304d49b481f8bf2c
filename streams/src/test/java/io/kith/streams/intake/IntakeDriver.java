package io.kith.streams.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.kith.streams.LetterHeaders;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;

/** The intake on topics {@code in} and {@code too}, without a broker. One thread. */
final class IntakeDriver implements AutoCloseable {
  static final Instant NOW = Instant.parse("2024-05-01T00:00:00Z");
  static final int MOST_BYTES = 16 << 20;

  final OutcomeCounts counts = new OutcomeCounts();
  private final TopologyTestDriver driver;
  private final TestOutputTopic<byte[], byte[]> edges;
  private final TestOutputTopic<byte[], byte[]> letters;
  private long sent;

  IntakeDriver(Path folder, int mostBytes, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("--bootstrap-servers=k:1", "--topics=in,too", "--state-dir=" + folder));
    all.addAll(List.of(arguments));
    if (all.stream().noneMatch(argument -> argument.startsWith("--timestamp-earliest"))) {
      all.add("--timestamp-earliest=1970-01-01T00:00:00Z"); // most tests count from 0
    }
    IntakeSettings settings = IntakeSettings.parse(Map.of(), all.toArray(String[]::new));
    driver =
        new TopologyTestDriver(
            IntakeApp.topology(settings, mostBytes, counts), settings.streamsProperties(), NOW);
    edges =
        driver.createOutputTopic(
            "kith.edges", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    letters =
        driver.createOutputTopic(
            "kith.dead-letter", new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  void send(String value) {
    send("in", "k".getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8), Map.of());
  }

  void send(String topic, byte[] key, byte[] value, Map<String, String> headers) {
    Headers kafka = new RecordHeaders();
    headers.forEach((name, text) -> kafka.add(name, text.getBytes(UTF_8)));
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(new TestRecord<>(key, value, kafka, NOW));
    sent++;
  }

  long sent() {
    return sent;
  }

  /** Those since the last call, as text. */
  List<String> edges() {
    return edges.readRecordsToList().stream()
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }

  List<TestRecord<byte[], byte[]>> edgeRecords() {
    return edges.readRecordsToList();
  }

  /** Those since the last call. */
  List<TestRecord<byte[], byte[]>> letters() {
    return letters.readRecordsToList();
  }

  /** What is wrong with a record by its schema; a field that the schema does not know is, too. */
  static List<String> faults(String schema, JsonNode record) {
    JsonSchema read =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                IntakeDriver.class.getResourceAsStream("/schema/" + schema + ".schema.json"));
    List<String> faults = new ArrayList<>();
    read.validate(record).forEach(fault -> faults.add(fault.getMessage()));
    record
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!read.getSchemaNode().get("properties").has(name)) {
                faults.add("unknown: " + name);
              }
            });
    return faults;
  }

  /** Headers as the schema of dead letters has them. */
  static JsonNode headers(TestRecord<byte[], byte[]> letter) {
    ObjectNode headers = JsonNodeFactory.instance.objectNode();
    letter
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return headers;
  }

  static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  static String reason(TestRecord<byte[], byte[]> letter) {
    return header(letter, LetterHeaders.REASON);
  }

  WindowStore<String, byte[]> store() {
    return driver.getWindowStore(IntakeApp.STORE);
  }

  double metric(Outcome outcome) {
    return driver.metrics().entrySet().stream()
        .filter(e -> e.getKey().name().equals(outcome.label() + "-total"))
        .mapToDouble(e -> (double) e.getValue().metricValue())
        .sum();
  }

  @Override
  public void close() {
    driver.close();
  }
}
