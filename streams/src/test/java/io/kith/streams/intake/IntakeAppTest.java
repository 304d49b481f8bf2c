package io.kith.streams.intake;

import static io.kith.streams.intake.IntakeDriver.header;
import static io.kith.streams.intake.IntakeDriver.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeAppTest {
  @TempDir private Path folder;
  private IntakeDriver intake;

  @Test
  void makesInteractionsOfEventsAndKeepsWhatItCannotUse() {
    start("--source=buyer.id", "--target=/seller", "--timestamp=at", "--timestamp-unit=seconds");

    intake.send("{\"buyer\":{\"id\":7},\"seller\":\"ann\",\"at\":1700000000,\"price\":3}");
    intake.send("{\"buyer\":{\"id\":7},\"seller\":\"ann\",\"at\":1700000000000}");

    TestRecord<byte[], byte[]> edge = intake.edgeRecords().get(0);
    assertThat(edge.key()).isEqualTo("7".getBytes(UTF_8));
    assertThat(new String(edge.value(), UTF_8))
        .isEqualTo("{\"source\":\"7\",\"target\":\"ann\",\"timestamp\":1700000000000}");
    assertThat(edge.getRecordTime()).isEqualTo(IntakeDriver.NOW);
    TestRecord<byte[], byte[]> letter = intake.letters().get(0);
    assertThat(new String(letter.value(), UTF_8))
        .isEqualTo("{\"buyer\":{\"id\":7},\"seller\":\"ann\",\"at\":1700000000000}");
    assertThat(letter.key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(letter.headers().toArray())
        .extracting(Header::key, h -> new String(h.value(), UTF_8))
        .containsExactly(
            tuple(
                "reason",
                "timestamp out of bounds: at=1700000000000, timestamp-unit=seconds,"
                    + " earliest=0 ms, latest=1714608000000 ms"),
            tuple("stage", "foreign"),
            tuple("origin-topic", "in"),
            tuple("origin-partition", "0"),
            tuple("origin-offset", "1"),
            tuple("origin-timestamp", "1714521600000"));
    assertThat(intake.counts)
        .hasToString("read=2, accepted=1, refused=1, duplicates=0, unwanted=0, self-loops=0");
    assertThat(intake.metric(Outcome.REFUSED)).isEqualTo(1);
  }

  @Test
  void readsSeveralTopicsAndFeaturesFromSeveralFields() {
    start("--features=price,/more", "--feature-count=3");

    send(
        "in",
        "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"price\":0.1,\"more\":[\"2\",-3e2]}");
    send("too", "{\"source\":\"c\",\"target\":\"d\",\"timestamp\":2,\"price\":1,\"more\":[2]}");

    assertThat(intake.edges())
        .containsExactly(
            "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"features\":[0.1,2.0,-300.0]}");
    TestRecord<byte[], byte[]> letter = intake.letters().get(0);
    assertThat(reason(letter)).isEqualTo("features of another number: found=2, expected=3");
    assertThat(header(letter, "origin-topic")).isEqualTo("too");
  }

  @Test
  void dropsACopyWithinTheWindowOfEventTimeAndCountsIt() {
    start("--event-id=id", "--duplicate-window=10s");

    event("x", 100_000);
    event("x", 100_000);
    event("x", 110_000);
    event("x", 90_000);
    event("y", 100_000);
    event("x", 110_001);

    assertThat(intake.edges()).containsExactly(edge(100_000), edge(100_000), edge(110_001));
    assertThat(intake.counts.of(Outcome.DUPLICATE)).isEqualTo(3);
    assertThat(intake.metric(Outcome.DUPLICATE)).isEqualTo(3);
  }

  /** The same instant in each unit, read as if it were in each other. */
  @Test
  void refusesEveryWrongUnitUnlessToldThatTheStreamIsThatOld() {
    Map<String, String> written =
        Map.of(
            "seconds", "1700000000",
            "milliseconds", "1700000000000",
            "microseconds", "1700000000000000",
            "nanoseconds", "1700000000000000000");
    for (String unit : written.keySet()) {
      start("--timestamp-unit=" + unit, "--timestamp-earliest=1971-01-01T00:00:00Z");
      written.forEach(
          (as, text) -> {
            intake.send("{\"source\":\"a\",\"target\":\"b\",\"timestamp\":%s}".formatted(text));
            assertThat(intake.edges())
                .as("%s read as %s", as, unit)
                .hasSize(as.equals(unit) ? 1 : 0);
          });
      stop();
    }
    start("--timestamp-earliest=1970-01-01T00:00:00Z");
    intake.send("{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1700000000}");
    assertThat(intake.edges()).hasSize(1);
  }

  @Test
  void takesIdsOfTwoTopicsForIdsOfTwoKinds() {
    start("--event-id=id");

    send("in", "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"id\":0}");
    send("in", "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"id\":1}");
    send("too", "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"id\":1}");

    assertThat(intake.edges()).hasSize(3);
  }

  @Test
  void keepsCopiesWhereNoWindowIsAskedFor() {
    start("--event-id=id", "--duplicate-window=0");

    event("x", 1);
    event("x", 1);

    assertThat(intake.edges()).hasSize(2);
  }

  /** Against all events ever accepted, for times up to a window late. */
  @Test
  void knowsTheCopiesThatALookAtAllEventsWouldFind() {
    long seed = 71;
    SplittableRandom random = new SplittableRandom(seed);
    long window = 600_000;
    start("--event-id=id", "--duplicate-window=10m");
    Map<String, List<Long>> accepted = new HashMap<>();
    List<String> expected = new ArrayList<>();
    long newest = 0;
    for (int i = 0; i < 250; i++) {
      newest += random.nextLong(16_000);
      long time = Math.max(0, newest - random.nextLong(window));
      String id = "id" + random.nextInt(40);
      List<Long> times = accepted.computeIfAbsent(id, x -> new ArrayList<>());
      if (times.stream().allMatch(t -> Math.abs(t - time) > window)) {
        times.add(time);
        expected.add(edge(time));
      }
      event(id, time);
    }

    assertThat(intake.edges()).as("seed=%d", seed).isEqualTo(expected);
    assertThat(intake.counts.of(Outcome.DUPLICATE))
        .as("seed=%d", seed)
        .isGreaterThan(40)
        .isEqualTo(250 - expected.size());
  }

  @Test
  void refusesOrDropsSelfLoops() {
    start();
    intake.send("{\"source\":\"a\",\"target\":\"a\",\"timestamp\":1}");
    assertThat(reason(intake.letters().get(0))).isEqualTo("self loop: source=a");
    intake.close();

    start("--self-loops=drop");
    intake.send("{\"source\":\"a\",\"target\":\"a\",\"timestamp\":1}");
    assertThat(intake.letters()).isEmpty();
    assertThat(intake.edges()).isEmpty();
    assertThat(intake.counts.of(Outcome.SELF_LOOP)).isEqualTo(1);
  }

  @Test
  void leavesOutWhatIsTooLargeForTheDeadLetterTopic() {
    intake = new IntakeDriver(folder, 1_000);

    intake.send("in", "k".getBytes(UTF_8), new byte[500], Map.of("trace", "t"));
    intake.send("in", "k".getBytes(UTF_8), new byte[1_000], Map.of("trace", "t"));

    List<TestRecord<byte[], byte[]>> letters = intake.letters();
    assertThat(letters.get(0).value()).hasSize(500);
    assertThat(header(letters.get(0), "trace")).isEqualTo("t");
    assertThat(letters.get(0).headers().lastHeader("left-out-bytes")).isNull();
    assertThat(letters.get(1).key()).isNull();
    assertThat(letters.get(1).value()).isNull();
    assertThat(letters.get(1).headers().lastHeader("trace")).isNull();
    assertThat(Integer.parseInt(header(letters.get(1), "left-out-bytes"))).isBetween(1_001, 1_500);
    assertThat(header(letters.get(1), "origin-offset")).isEqualTo("1");
  }

  private void start(String... arguments) {
    intake = new IntakeDriver(folder, IntakeDriver.MOST_BYTES, arguments);
  }

  private void send(String topic, String value) {
    intake.send(topic, null, value.getBytes(UTF_8), Map.of());
  }

  private void event(String id, long timestamp) {
    send(
        "in",
        "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":%d,\"id\":\"%s\"}"
            .formatted(timestamp, id));
  }

  private static String edge(long timestamp) {
    return "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":" + timestamp + "}";
  }

  @AfterEach
  void stop() {
    intake.close();
  }
}
