package io.kith.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.local.EmbeddedKafka;
import io.kith.deploy.topics.TopicReader;
import io.kith.deploy.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProduceConsumeTest {
  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, false);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void whatIsProducedStandsOnTheTopicKeyedBySourceAndBadLinesAreNamed() throws Exception {
    assertThat(kith("topics", "--prefix", "a").text()).contains("a.edges", "created");
    Path file =
        Files.writeString(
            folder.resolve("edges.csv"),
            "source,target,timestamp\nann,bob,5\nann,bob\nbob,cid,7\n");

    CommandRun said = kith("produce", file.toString(), "--prefix", "a", "--max-errors", "1");

    assertThat(said.exit()).isZero();
    assertThat(said.text())
        .contains(file + ": wrong number of fields: fields=2, expected=3, line=3")
        .contains("Sent 2 interactions to a.edges")
        .contains("malformed lines=1");
    assertThat(read("a.edges"))
        .containsExactlyInAnyOrder(
            "ann={\"source\":\"ann\",\"target\":\"bob\",\"timestamp\":5}",
            "bob={\"source\":\"bob\",\"target\":\"cid\",\"timestamp\":7}");
  }

  @Test
  void oneMalformedLineTooManyStopsProduceWithWhatToDo() throws Exception {
    kith("topics", "--prefix", "b");
    Path file =
        Files.writeString(folder.resolve("bad.csv"), "source,target,timestamp\na,b,1\nx\na,b,2\n");

    CommandRun said = kith("produce", file.toString(), "--prefix", "b");

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.text())
        .contains("too many malformed lines, stopped; raise --max-errors")
        .contains("sent=1, max-errors=0");
    assertThat(read("b.edges")).hasSize(1);
  }

  @Test
  void consumePrintsPredictionsForPeopleAndForPrograms() throws Exception {
    kith("topics", "--prefix", "c");
    String json =
        "{\"source\":\"ann\",\"target\":\"bob\",\"timestamp\":1082040961000,\"score\":0.75,\"window\":1,"
            + "\"modelVersion\":\"m\",\"sharedNeighbours\":3,\"negatives\":20,\"rank\":1.0,\"recencyRank\":4.5}";
    send("c.predictions", "ann", json);

    assertThat(
            kith("consume", "predictions", "--prefix", "c", "--from-beginning", "--limit", "1")
                .text())
        .isEqualTo(
            "2004-04-15T14:56:01Z  ann -> bob  score 0.750  rank 1 of 21 (recency rule: 4.5)  shared"
                + " neighbours 3\n");
    assertThat(
            kith(
                    "consume",
                    "predictions",
                    "--prefix",
                    "c",
                    "--from-beginning",
                    "--json",
                    "--limit",
                    "1")
                .text())
        .isEqualTo(json + "\n");
    assertThat(kith("consume", "predictions", "--prefix", "c", "--stop-after-idle", "0.1").text())
        .isEmpty();
  }

  @Test
  void aTopicThatIsMissingIsNamedWithTheCommandThatCreatesIt() throws Exception {
    Path file = Files.writeString(folder.resolve("e.csv"), "source,target,timestamp\na,b,1\n");

    assertThat(kith("produce", file.toString(), "--prefix", "e").text())
        .contains("there is no such topic; create it with 'kith topics --bootstrap-servers")
        .contains("topic=e.edges");
    assertThat(kith("run", "--prefix", "e").text())
        .contains("topics are missing")
        .contains(
            "topics=e.edges,e.signals,e.requests,e.responses,e.predictions,e.embeddings,e.dead-letter");
  }

  @Test
  void unknownFlagsAreListedWithAllOtherFaults() throws Exception {
    CommandRun said = kith("run", "--windw", "1 s", "--negatives", "many");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.text())
        .contains("2 faults in the settings, nothing was started")
        .contains("windw is not a setting; the nearest is window: source=flag --windw, value=1 s")
        .contains("negatives is not a whole number");
  }

  @Test
  void forgetPutsARequestForEachNodeOnTheSignals() throws Exception {
    assertThat(kith("forget", "ann", "--prefix", "f").text())
        .contains("there is no such topic; create it with 'kith topics", "topic=f.signals");
    assertThat(kith("topics", "--prefix", "f").text())
        .containsPattern("f.signals +1 partitions +created");

    assertThat(kith("forget", "ann", "b\"\u00e9", "--prefix", "f").text())
        .isEqualTo(
            "Asked to forget 2 nodes, on f.signals; tombstones on f.embeddings say when it is done\n");
    assertThat(kith("forget", "cid", "--timestamp", "7", "--prefix", "f").exit()).isZero();
    assertThat(kith("forget", "", "--prefix", "f").exit()).isEqualTo(2);

    assertThat(read("f.signals"))
        .containsExactly(
            "ann={\"type\":\"forget\",\"node\":\"ann\"}",
            "b\"\u00e9={\"type\":\"forget\",\"node\":\"b\\\"\u00e9\"}",
            "cid={\"type\":\"forget\",\"node\":\"cid\",\"timestamp\":7}");
  }

  /** Runs a command against the embedded Kafka. */
  private static CommandRun kith(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--bootstrap-servers");
    all.add(kafka.bootstrapServers());
    return CommandRun.kith(all.toArray(String[]::new));
  }

  private static void send(String topic, String key, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  key.getBytes(StandardCharsets.UTF_8),
                  value.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private static List<String> read(String topic) throws Exception {
    long records;
    try (Topics topics = new Topics(kafka.bootstrapServers(), Map.of())) {
      records = topics.records(topic).get(topic);
    }
    List<String> read = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), Map.of(), topic, true)) {
      while (read.size() < records) {
        for (ConsumerRecord<byte[], byte[]> entry : reader.poll(Duration.ofSeconds(1))) {
          read.add(
              new String(entry.key(), StandardCharsets.UTF_8)
                  + "="
                  + new String(entry.value(), StandardCharsets.UTF_8));
        }
      }
    }
    return read;
  }
}
