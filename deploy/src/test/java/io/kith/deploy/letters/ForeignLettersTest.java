package io.kith.deploy.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kith.deploy.CommandException;
import io.kith.deploy.CommandRun;
import io.kith.deploy.StreamsRun;
import io.kith.deploy.local.EmbeddedKafka;
import io.kith.deploy.topics.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of a foreign event that {@code kith intake} refuses: mended, it becomes its edge. */
class ForeignLettersTest {
  private static final byte[] KEY = {0, (byte) 0xff, 'k'};

  /** Not the one that Kafka would choose for the key, of two. */
  private static final int PARTITION = 0;

  private static final byte[] TRACE = {'t', (byte) 0x80};
  private static final String NO_TIME =
      "{\"buyer\": {\"id\": 7}, \"shop\": \"s\u00e9\", \"at\":\"soon\"} ";
  private static final String IN_SECONDS =
      "{\"buyer\":{\"id\":8},\"shop\":\"s2\",\"at\":1700000000}";
  private static final String LAST = "{\"buyer\":{\"id\":9},\"shop\":\"s3\",\"at\":1700000002000}";

  @TempDir Path folder;
  private EmbeddedKafka kafka;

  @Test
  @Timeout(120)
  void aLetterIsTheEventAndMendedAndReplayedItIsAnEdgeOnce() throws Exception {
    try (EmbeddedKafka started = EmbeddedKafka.start(folder.resolve("kafka"), 0, false)) {
      kafka = started;
      kith("topics", "--partitions", "1");
      createOrders();
      try (StreamsRun intake = startIntake()) {
        send(NO_TIME);
        send(IN_SECONDS);

        List<ConsumerRecord<byte[], byte[]>> letters = read("kith.dead-letter", 2);
        assertSame(Letter.of(letters.get(0)), NO_TIME, 0);
        assertSame(Letter.of(letters.get(1)), IN_SECONDS, 1);
        shows();
        mendsByHand();
        mendsTheUnit();
        sendsNothingAgain();
        keepsOtherReplayersOut(Letter.of(letters.get(0)));

        send(LAST);
        assertThat(texts("kith.edges", 3))
            .containsExactly(
                "{\"source\":\"7\",\"target\":\"s\u00e9\",\"timestamp\":1700000001000}",
                "{\"source\":\"8\",\"target\":\"s2\",\"timestamp\":1700000000000}",
                "{\"source\":\"9\",\"target\":\"s3\",\"timestamp\":1700000002000}");
        assertThat(texts("orders", 5))
            .containsExactly(
                NO_TIME,
                IN_SECONDS,
                NO_TIME.replace("\"soon\"", "1700000001000"),
                IN_SECONDS.replace("1700000000", "1700000000000"),
                LAST);
        assertReplayedAsTheyCame(read("orders", 5).subList(2, 4));
        intake.stop();
        assertThat(intake.said()).contains("stopped, read=5, accepted=3, refused=2, ");
      }
    }
  }

  /** Key, value and headers as they came, and from where. */
  private static void assertSame(Letter letter, String value, long offset) {
    assertThat(letter.key()).isEqualTo(KEY);
    assertThat(letter.value()).isEqualTo(value.getBytes(UTF_8));
    assertThat(letter.headers()).extracting(Header::key).containsExactly("trace", "reason");
    assertThat(letter.headers().get(0).value()).isEqualTo(TRACE);
    assertThat(letter.headers().get(1).value()).isEqualTo("gift".getBytes(UTF_8));
    assertThat(letter.stage()).isEqualTo("foreign");
    assertThat(letter.topic()).isEqualTo("orders");
    assertThat(letter.origin()).isEqualTo(new Place(PARTITION, offset));
  }

  private void shows() {
    assertThat(kith("dead-letter", "show", "--stage", "foreign").text())
        .contains("0/0 ", "foreign  from orders " + PARTITION + "/0", NO_TIME.strip())
        .contains("0/1 ", "foreign  from orders " + PARTITION + "/1", IN_SECONDS)
        .contains("2 dead letters on kith.dead-letter");
    assertThat(kith("dead-letter", "show", "--stage", "intake").text()).contains("0 dead letters");
  }

  private void mendsByHand() throws Exception {
    Path file = folder.resolve("letters.jsonl");
    kith("dead-letter", "show", "--reason", "soon", "--out", file.toString());
    Files.writeString(file, Files.readString(file).replace("\\\"soon\\\"} ", "1700000001000} "));
    assertThat(kith("dead-letter", "replay", "--in", file.toString()).text())
        .contains("0/0      -> orders  ", "Would send 1 to orders", "Nothing has been sent");
    assertThat(kith("dead-letter", "replay", "--in", file.toString(), "--yes").text())
        .isEqualTo("Sent 1 to orders\n");
    assertThat(texts("kith.edges", 1)).hasSize(1);
  }

  private void mendsTheUnit() {
    assertThat(
            kith(
                    "dead-letter",
                    "replay",
                    "--timestamp-from",
                    "seconds",
                    "--timestamp-field",
                    "/at",
                    "--yes")
                .text())
        .isEqualTo("Sent 1 to orders\n");
    assertThat(texts("kith.edges", 2)).hasSize(2);
  }

  private void sendsNothingAgain() {
    String none = "Nothing to send: no such letter that has not been sent in again\n";
    String file = folder.resolve("letters.jsonl").toString();
    assertThat(kith("dead-letter", "replay", "--yes").text()).isEqualTo(none);
    assertThat(kith("dead-letter", "replay", "--in", file, "--yes").text()).isEqualTo(none);
    assertThat(kith("dead-letter", "replay", "--to", "orders", "--yes").text()).isEqualTo(none);
    assertThat(kith("dead-letter", "show").text()).contains("\n0 dead letters on ");
    assertThat(kith("dead-letter", "show", "--all").text()).contains("\n2 dead letters on ");
  }

  /** One that has read the marks before the other set its own would send a letter twice. */
  private void keepsOtherReplayersOut(Letter letter) throws Exception {
    String servers = kafka.bootstrapServers();
    try (Replayer first = new Replayer(servers, Map.of(), "kith.dead-letter");
        Replayer second = new Replayer(servers, Map.of(), "kith.dead-letter")) {
      assertThat(second).isNotNull();
      assertThatThrownBy(() -> first.send(letter, "orders", PARTITION))
          .isInstanceOf(CommandException.class)
          .hasMessage(
              "another replay of these letters has begun, this one ends; it was not sent: letter=0/0, topic=orders");
    }
  }

  /** With the key and the headers of the event, and none of the letter's. */
  private static void assertReplayedAsTheyCame(List<ConsumerRecord<byte[], byte[]>> replayed) {
    for (ConsumerRecord<byte[], byte[]> record : replayed) {
      assertThat(record.partition()).isEqualTo(PARTITION);
      assertThat(record.key()).isEqualTo(KEY);
      assertThat(record.headers()).extracting(Header::key).containsExactly("trace", "reason");
      assertThat(record.headers().lastHeader("trace").value()).isEqualTo(TRACE);
      assertThat(record.headers().lastHeader("reason").value()).isEqualTo("gift".getBytes(UTF_8));
    }
  }

  /** Without event ids: a copy sent twice would be an edge twice. */
  private StreamsRun startIntake() throws Exception {
    return StreamsRun.start(
        folder.resolve("intake"),
        "intake.IntakeMain",
        Map.of(),
        "--bootstrap-servers=" + kafka.bootstrapServers(),
        "--topics=orders",
        "--source=buyer.id",
        "--target=shop",
        "--timestamp=at");
  }

  private CommandRun kith(String... arguments) {
    CommandRun run =
        CommandRun.kith(
            Stream.concat(
                    Stream.of(arguments),
                    Stream.of("--bootstrap-servers", kafka.bootstrapServers()))
                .toArray(String[]::new));
    assertThat(run.exit()).as(run.text()).isZero();
    return run;
  }

  private void createOrders() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("orders", 2, (short) 1))).all().get();
    }
  }

  /** With a header of the same name as one of the letter's. */
  private void send(String value) throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("orders", PARTITION, KEY, value.getBytes(UTF_8));
    record.headers().add("trace", TRACE).add("reason", "gift".getBytes(UTF_8));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }

  private List<String> texts(String topic, int number) {
    return read(topic, number).stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int number) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), Map.of(), topic, true)) {
      while (read.size() < number) {
        reader.poll(Duration.ofSeconds(1)).forEach(read::add);
      }
    }
    return read;
  }
}
