package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.kith.model.Interaction;
import io.kith.operators.KithOptions.TimestampUnit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InteractionParserTest {
  private static final long NOW = 1_000_000;

  @Test
  void readsAnInteraction() {
    Interaction interaction =
        parse("{\"source\": \"a\", \"target\": 7, \"timestamp\": 5, \"features\": [1, -0.5]}", 2)
            .interaction();
    assertThat(interaction.source()).isEqualTo("a");
    assertThat(interaction.target()).isEqualTo("7");
    assertThat(interaction.timestamp()).isEqualTo(5);
    assertThat(interaction.features()).containsExactly(1f, -0.5f);
  }

  @Test
  void readsCborAsWell() throws IOException {
    byte[] record = cbor("{\"source\":\"a\",\"target\":7,\"timestamp\":5,\"features\":[1,-0.5]}");

    Interaction interaction = parser(2, TimestampUnit.MILLISECONDS).parse(record).interaction();

    assertThat(interaction.source()).isEqualTo("a");
    assertThat(interaction.target()).isEqualTo("7");
    assertThat(interaction.timestamp()).isEqualTo(5);
    assertThat(interaction.features()).containsExactly(1f, -0.5f);
    assertThat(
            parser(2, TimestampUnit.MILLISECONDS)
                .parse(Arrays.copyOf(record, 9))
                .refusal()
                .reason())
        .startsWith("not CBOR: Unexpected end-of-input");
  }

  /** Whatever has become of a record: an interaction or a refusal, never an exception. */
  @Test
  void brokenCborIsRefused() throws IOException {
    long seed = 20_261_123;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] record =
        cbor("{\"source\":\"abc\",\"target\":\"d\",\"timestamp\":5,\"x\":[1,2.5,null]}");
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = Arrays.copyOf(record, random.nextInt(1, record.length + 3));
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        broken[random.nextInt(1, Math.max(2, broken.length)) % broken.length] ^=
            (byte) (1 << random.nextInt(8));
      }
      InteractionParser.Parsed parsed = parser(0, TimestampUnit.MILLISECONDS).parse(broken);
      assertThat(parsed.interaction() == null)
          .as("seed=%d, record=%d", seed, i)
          .isEqualTo(parsed.refusal() != null);
      refused += parsed.refusal() == null ? 0 : 1;
    }
    assertThat(refused).as("seed=%d", seed).isGreaterThan(10_000);
  }

  private static byte[] cbor(String json) throws IOException {
    return new CBORMapper().writeValueAsBytes(new ObjectMapper().readTree(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"source":"a","target":"b","timestamp":1} x | not JSON: Unrecognized token 'x'
          {"source":"a","target":"b","timestamp":1} {} | more than one JSON object: next=START_OBJECT
          {"source":"a","target":"b","timestamp":1 | not JSON: Unexpected end-of-input
          ["a","b",1] | not a JSON object: starts with=START_ARRAY
          {"source":"a","timestamp":1} | field missing: name=target
          {"source":"a","target":"b"} | field missing: name=timestamp
          {"source":"a","source":"a","target":"b","timestamp":1} | field twice: name=source
          {"source":"","target":"b","timestamp":1} | source is empty: length=0
          {"source":null,"target":"b","timestamp":1} | source is neither a string nor a whole number: found=VALUE_NULL
          {"source":1.5,"target":"b","timestamp":1} | source is neither a string nor a whole number: found=VALUE_NUMBER_FLOAT
          {"source":"123456789","target":"b","timestamp":1} | source too long: bytes=9, max-id-bytes=8
          {"source":"\\ud800","target":"b","timestamp":1} | source is not Unicode: it has half a surrogate pair, length=1
          {"source":"a","target":"b","timestamp":1.5} | timestamp is not a whole number: found=VALUE_NUMBER_FLOAT
          {"source":"a","target":"b","timestamp":-1} | timestamp out of bounds: timestamp=-1, timestamp-unit=MILLISECONDS, latest=1000100 ms
          {"source":"a","target":"b","timestamp":1000101} | timestamp out of bounds: timestamp=1000101, timestamp-unit=MILLISECONDS, latest=1000100 ms
          {"source":"a","target":"b","timestamp":99999999999999999999} | timestamp out of bounds: timestamp=99999999999999999999
          {"source":"a","target":"b","timestamp":1,"features":[1]} | features of another number: found=1, expected=0
          {"source":"a","target":"b","timestamp":1,"features":["1"]} | feature is not a number: index=0, found=VALUE_STRING
          {"source":"a","target":"b","timestamp":1,"features":[1e39]} | feature is not finite: index=0, value=1e39
          {"source":"a","target":"b","timestamp":1,"x":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]} | not JSON: Document nesting depth (17) exceeds
          {"source":"a","target":"a","timestamp":1} | self loop: source=a
          """)
  void refusesWithAReason(String json, String reason) {
    InteractionParser.Parsed parsed = parse(json.strip(), 0);
    assertThat(parsed.interaction()).isNull();
    assertThat(parsed.refusal().reason())
        .startsWith(reason.strip())
        .containsPattern("[a-z-]+=[^ ,=]+( ms)?$");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] bytes =
        "{\"source\":\"a?\",\"target\":\"b\",\"timestamp\":1}".getBytes(StandardCharsets.UTF_8);
    bytes[12] = (byte) 0xff;
    assertThat(parser(0, TimestampUnit.MILLISECONDS).parse(bytes).refusal().reason())
        .startsWith("not JSON: Invalid UTF-8")
        .endsWith(", position=13");
    assertThat(parser(0, TimestampUnit.MILLISECONDS).parse(null).refusal().reason())
        .isEqualTo("no value: length=0");
  }

  @ParameterizedTest
  @CsvSource({
    "SECONDS, 2, 2000",
    "MILLISECONDS, 2, 2",
    "MICROSECONDS, 2999, 2",
    "NANOSECONDS, 2999999, 2"
  })
  void takesTimestampsInTheUnitThatIsSet(TimestampUnit unit, long given, long ms) {
    String json = "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":" + given + "}";
    assertThat(
            parser(0, unit).parse(json.getBytes(StandardCharsets.UTF_8)).interaction().timestamp())
        .isEqualTo(ms);
  }

  @Test
  void takesAnyBytesWithoutAnException() {
    long seed = 3;
    SplittableRandom random = new SplittableRandom(seed);
    String valid = "{\"source\":\"a\",\"target\":\"b\",\"timestamp\":1,\"features\":[0.5]}";
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      InteractionParser.Parsed parsed = parser(1, TimestampUnit.MILLISECONDS).parse(bytes);
      assertThat(parsed.interaction() == null)
          .as("seed=%d, i=%d", seed, i)
          .isNotEqualTo(parsed.refusal() == null);
    }
  }

  private static InteractionParser.Parsed parse(String json, int features) {
    return parser(features, TimestampUnit.MILLISECONDS)
        .parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static InteractionParser parser(int features, TimestampUnit unit) {
    return new InteractionParser(new ParserSettings(features, unit, 100, 8), () -> NOW);
  }
}
