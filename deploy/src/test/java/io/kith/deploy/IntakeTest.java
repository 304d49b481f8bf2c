package io.kith.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kith.deploy.local.EmbeddedKafka;
import io.kith.deploy.topics.TopicReader;
import io.kith.deploy.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kith intake} as users run it: a process on a broker, exactly once. */
class IntakeTest {
  private static final int TAKEN = 20 << 20;
  private static final String SECRET = "s3cr3t-of-the-keys";
  private static final String EVENT =
      "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":%d,\"id\":%d}";

  @TempDir Path folder;
  private StreamsRun intake;

  @Test
  @Timeout(120)
  void everyEventHasOneOutcomeWhateverItIs() throws Exception {
    // A day ahead in event time: further than brokers allow of a record's own timestamp.
    long ahead = System.currentTimeMillis() + TimeUnit.HOURS.toMillis(20);
    List<byte[]> bad = new ArrayList<>();
    bad.add("{\"source\":".getBytes(UTF_8));
    bad.add("[".repeat(10_000_000).getBytes(UTF_8));
    bad.add(null);
    bad.add(new byte[(1 << 20) - 100]);
    bad.add(new byte[17 << 20]);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, false)) {
      create(kafka);
      intake = start(kafka);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", TAKEN),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        for (int i = 0; i < bad.size(); i++) {
          producer.send(new ProducerRecord<>("orders", null, bad.get(i))).get();
          byte[] event = EVENT.formatted(ahead, i).getBytes(UTF_8);
          producer.send(new ProducerRecord<>("orders", event)).get();
          producer.send(new ProducerRecord<>("orders", event)).get();
        }
      }

      List<ConsumerRecord<byte[], byte[]>> edges = read(kafka, "edges", bad.size());
      List<ConsumerRecord<byte[], byte[]>> letters = read(kafka, "dead-letter", bad.size());
      for (int i = 0; i < bad.size(); i++) {
        assertThat(new String(edges.get(i).value(), UTF_8))
            .isEqualTo("{\"source\":\"a\",\"target\":\"b\",\"timestamp\":" + ahead + "}");
        boolean tooLarge = i == bad.size() - 1;
        assertThat(letters.get(i).headers().lastHeader("left-out-bytes") != null)
            .isEqualTo(tooLarge);
        assertThat(Arrays.equals(letters.get(i).value(), tooLarge ? null : bad.get(i)))
            .as("letter %d", i)
            .isTrue();
        assertThat(new String(letters.get(i).headers().lastHeader("origin-offset").value(), UTF_8))
            .isEqualTo(Integer.toString(3 * i));
      }
      intake.stop();
    }
    assertThat(intake.said())
        .contains("stopped, read=15, accepted=5, refused=5, duplicates=5, unwanted=0, self-loops=0")
        .contains("StreamsConfig values")
        .doesNotContain(SECRET);
  }

  private void create(EmbeddedKafka kafka) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (Topics topics = new Topics(kafka.bootstrapServers(), Map.of());
        Admin admin = Admin.create(client)) {
      topics.ensure("kith", 1, (short) 1);
      NewTopic orders =
          new NewTopic("orders", 1, (short) 1)
              .configs(Map.of("max.message.bytes", Integer.toString(TAKEN)));
      admin.createTopics(List.of(orders)).all().get();
    }
  }

  private StreamsRun start(EmbeddedKafka kafka) throws IOException {
    return StreamsRun.start(
        folder.resolve("intake"),
        "intake.IntakeMain",
        Map.of(
            "KITH_KAFKA_SSL_KEYSTORE_PASSWORD", SECRET,
            "KITH_KAFKA_PRODUCER_SSL_KEY_PASSWORD", SECRET),
        "--bootstrap-servers=" + kafka.bootstrapServers(),
        "--topics=orders",
        "--event-id=id",
        "--delivery=exactly-once");
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      EmbeddedKafka kafka, String suffix, int number) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(kafka.bootstrapServers(), Map.of(), "kith." + suffix, true)) {
      while (read.size() < number) {
        reader.poll(Duration.ofSeconds(1)).forEach(read::add);
      }
    }
    return read;
  }

  @AfterEach
  void stop() {
    if (intake != null) {
      intake.close();
    }
  }
}
