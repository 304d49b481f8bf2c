package io.kith.streams.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.streams.LetterHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be used stops nothing, and none of it is lost. */
class PoisonTest {
  private static final String GOOD =
      "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"features\":[0.5],\"id\":\"%s\"}";
  private static final int TEN_MB = 10_000_000;

  @TempDir private Path folder;

  /** A value and what the reason of its letter begins with. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Poison(byte[] value, String reason) {}

  static List<Poison> corpus() {
    List<Poison> corpus = new ArrayList<>();
    add(corpus, "", "not a JSON object: found=MISSING");
    add(corpus, "{\"source\":\"a\",\"target\"", "not JSON: Unexpected end-of-input");
    add(corpus, "{\"a\":".repeat(100_000), "not JSON: Document nesting depth (65) exceeds");
    add(corpus, "[".repeat(TEN_MB), "not JSON: Document nesting depth (65) exceeds");
    add(corpus, "{\"x\":[" + "0,".repeat(TEN_MB / 2) + "0]}", "not JSON: Token count (200001)");
    add(corpus, "{\"x\":\"" + "y".repeat(TEN_MB) + "\"}", "field missing: name=source");
    add(corpus, with("features", "[NaN]"), "not JSON: Non-standard token 'NaN'");
    add(corpus, with("features", "[\"NaN\"]"), "feature is not a number: index=0, value=NaN");
    add(corpus, with("features", "[\"Infinity\"]"), "feature is not a number: index=0");
    add(corpus, with("features", "[1e400]"), "feature is not finite: index=0");
    add(corpus, with("features", "[\"1e39\"]"), "feature is not finite: index=0, value=1e39");
    add(corpus, with("features", "[1,2]"), "features of another number: found=2, expected=1");
    add(corpus, with("features", "null"), "field missing: name=features");
    add(corpus, with("timestamp", "-1"), "timestamp out of bounds: timestamp=-1");
    add(corpus, with("timestamp", "99999999999999"), "timestamp out of bounds: timestamp=9999");
    add(corpus, with("timestamp", "9".repeat(25)), "timestamp out of bounds: timestamp=9999");
    add(corpus, with("timestamp", "1.5"), "timestamp is not a whole number: ");
    add(corpus, with("timestamp", "\"yesterday\""), "timestamp is not a whole number: ");
    add(corpus, with("target", "\"a\""), "self loop: source=a");
    add(corpus, with("source", "\"" + "z".repeat(65_536) + "\""), "id too long: field=source");
    add(corpus, with("source", "\"\\ud800\""), "id is not Unicode");
    add(corpus, with("source", "{\"id\":1}"), "neither text nor a whole number: source=OBJECT");
    add(corpus, with("source", "0.5"), "neither text nor a whole number: source=0.5");
    add(corpus, with("id", "\"" + "z".repeat(65_536) + "\""), "id too long: field=id");
    add(corpus, "{\"source\":\"x\",\"source\":\"y\"}", "not JSON: Duplicate field 'source'");
    add(corpus, GOOD.formatted("twice") + GOOD, "not JSON: ");
    add(corpus, "[]", "not a JSON object: found=ARRAY");
    add(corpus, "null", "not a JSON object: found=NULL");
    byte[] notUtf8 = GOOD.formatted("utf").getBytes(UTF_8);
    notUtf8[12] = (byte) 0xff;
    corpus.add(new Poison(notUtf8, "not JSON: Invalid UTF-8"));
    corpus.add(new Poison(new byte[TEN_MB], "not JSON: Illegal character"));
    corpus.add(new Poison(null, "no value: length=0"));
    return corpus;
  }

  private static void add(List<Poison> corpus, String value, String reason) {
    corpus.add(new Poison(value.getBytes(UTF_8), reason));
  }

  /** A good event but for one field. */
  private static String with(String field, String value) {
    return GOOD.formatted(field)
        .replaceFirst(
            "\"" + field + "\":[^,}]+", "\"" + field + "\":" + value.replace("\\", "\\\\"));
  }

  @Test
  void eachIsKeptAsItCameWithItsReasonAndTheStreamGoesOn() throws IOException {
    List<Poison> corpus = corpus();
    try (IntakeDriver intake =
        new IntakeDriver(
            folder,
            IntakeDriver.MOST_BYTES,
            "--features=features",
            "--feature-count=1",
            "--event-id=id")) {
      for (int i = 0; i < corpus.size(); i++) {
        byte[] key = i % 2 == 0 ? null : new byte[] {(byte) i, (byte) 0xff};
        intake.send("in", key, corpus.get(i).value(), Map.of());
        intake.send(GOOD.formatted("good" + i));
        intake.send(GOOD.formatted("good" + i));
      }

      List<String> edges = intake.edges();
      assertThat(edges).hasSize(corpus.size());
      for (String edge : edges) {
        assertThat(IntakeDriver.faults("interaction", new ObjectMapper().readTree(edge))).isEmpty();
      }
      List<TestRecord<byte[], byte[]>> letters = intake.letters();
      assertThat(letters).hasSameSizeAs(corpus);
      for (int i = 0; i < corpus.size(); i++) {
        TestRecord<byte[], byte[]> letter = letters.get(i);
        assertThat(IntakeDriver.reason(letter))
            .as("letter %d", i)
            .startsWith(corpus.get(i).reason())
            .containsPattern("[A-Za-z-]+=[^ ,=]+( ms)?$")
            .hasSizeLessThanOrEqualTo(1000);
        assertThat(Arrays.equals(letter.value(), corpus.get(i).value()))
            .as("letter %d", i)
            .isTrue();
        assertThat(letter.key()).isEqualTo(i % 2 == 0 ? null : new byte[] {(byte) i, (byte) 0xff});
        assertThat(IntakeDriver.header(letter, LetterHeaders.ORIGIN_OFFSET))
            .isEqualTo(Integer.toString(3 * i));
        assertThat(IntakeDriver.faults("dead-letter-headers", IntakeDriver.headers(letter)))
            .isEmpty();
      }
      assertThat(intake.counts.of(Outcome.DUPLICATE)).isEqualTo(corpus.size());
      assertThat(intake.counts.all()).isEqualTo(intake.sent());
    }
  }

  /** Good events of every format with bytes flipped, cut or doubled, and what else there is. */
  @ParameterizedTest
  @ValueSource(strings = {"json", "debezium", "cloudevents", "csv"})
  void everythingHasOneOutcomeInEveryFormat(String format) {
    long seed = 72;
    SplittableRandom random = new SplittableRandom(seed);
    String good =
        switch (format) {
          case "debezium" ->
              "{\"payload\":{\"after\":{\"1\":\"a\",\"2\":\"b\",\"3\":5},\"op\":\"c\"},\"schema\":{}}";
          case "cloudevents" ->
              "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/s\",\"type\":\"t\",\"time\":\"2024-01-01T00:00:00Z\","
                  + "\"data\":{\"1\":\"a\",\"2\":\"b\",\"3\":5}}";
          case "csv" -> "a,\"b\",5";
          default -> "{\"1\":\"a\",\"2\":\"b\",\"3\":5}";
        };
    List<byte[]> values = new ArrayList<>();
    corpus().forEach(poison -> values.add(poison.value()));
    for (int i = 0; i < 600; i++) {
      values.add(spoilt(good.getBytes(UTF_8), random));
    }
    try (IntakeDriver intake =
        new IntakeDriver(
            folder,
            IntakeDriver.MOST_BYTES,
            "--format=" + format,
            "--source=1",
            "--target=2",
            "--timestamp=3")) {
      for (byte[] value : values) {
        intake.send("in", new byte[] {7}, value, Map.of());
      }
      int edges = intake.edges().size();
      List<TestRecord<byte[], byte[]>> letters = intake.letters();

      assertThat(edges).as("seed=%d", seed).isPositive();
      assertThat(letters).as("seed=%d", seed).isNotEmpty();
      assertThat(
              edges
                  + letters.size()
                  + intake.counts.of(Outcome.DUPLICATE)
                  + intake.counts.of(Outcome.UNWANTED))
          .as("seed=%d", seed)
          .isEqualTo(values.size());
      for (TestRecord<byte[], byte[]> letter : letters) {
        int offset = Integer.parseInt(IntakeDriver.header(letter, LetterHeaders.ORIGIN_OFFSET));
        assertThat(Arrays.equals(letter.value(), values.get(offset)))
            .as("seed=%d, offset=%d", seed, offset)
            .isTrue();
      }
    }
  }

  private static byte[] spoilt(byte[] good, SplittableRandom random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte b : good) {
      switch (random.nextInt(40)) {
        case 0 -> bytes.write(random.nextInt(256));
        case 1 -> {
          bytes.write(b);
          bytes.write(b);
        }
        default -> bytes.write(b);
      }
    }
    byte[] all = bytes.toByteArray();
    return random.nextInt(10) == 0 ? Arrays.copyOf(all, random.nextInt(all.length)) : all;
  }
}
