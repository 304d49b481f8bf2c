package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.operators.KithOptions.TimestampUnit;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalParserTest {
  private static final Origin ORIGIN = new Origin("signals", 3, 8, 0);

  private final SignalParser parser =
      new SignalParser(
          new ParserSettings(0, TimestampUnit.SECONDS, 10_000, 8), () -> 1_000_000_000L);

  @Test
  void readsARequestWithATimeInTheUnitOfTheJobAndWithout() {
    assertThat(parse("{\"type\": \"forget\", \"node\": \"ann\"}").request())
        .isEqualTo(new ForgetRequest(3, 8, "ann", OptionalLong.empty()));
    assertThat(
            parse("{\"timestamp\":5,\"node\":7,\"by\":{\"x\":[1]},\"type\":\"forget\"}").request())
        .isEqualTo(new ForgetRequest(3, 8, "7", OptionalLong.of(5_000)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"type":"forget" | not JSON: Unexpected end-of-input
          {"type":"forget","node":"a"} {} | more than one JSON object: next=START_OBJECT
          "forget a" | not a JSON object: starts with=VALUE_STRING
          {"type":"forget"} | field missing: name=node
          {"node":"a"} | field missing: name=type
          {"type":"forget","type":"forget","node":"a"} | field twice: name=type
          {"type":"forget","node":"a","node":"b"} | field twice: name=node
          {"type":"forget","node":"a","timestamp":1,"timestamp":1} | field twice: name=timestamp
          {"type":"remember","node":"a"} | no such signal; known is forget: type=remember
          {"type":null,"node":"a"} | no such signal; known is forget: type=null
          {"type":"forget","node":""} | node is empty: length=0
          {"type":"forget","node":null} | node is neither a string nor a whole number: found=VALUE_NULL
          {"type":"forget","node":["a"]} | node is neither a string nor a whole number: found=START_ARRAY
          {"type":"forget","node":"123456789"} | node too long: bytes=9, max-id-bytes=8
          {"type":"forget","node":"a","timestamp":-1} | timestamp out of bounds: timestamp=-1
          {"type":"forget","node":"a","timestamp":1000011} | timestamp out of bounds: timestamp=1000011
          {"type":"forget","node":"a","timestamp":null} | timestamp is not a whole number: found=VALUE_NULL
          """)
  void refusesWithAReason(String json, String reason) {
    SignalParser.Parsed parsed = parse(json.strip());
    assertThat(parsed.request()).isNull();
    assertThat(parsed.refusal().reason())
        .startsWith(reason.strip())
        .containsPattern("[a-z-]+=[^ ,=]+( ms)?$");
  }

  @Test
  void refusesNoValueAndWhatCameBeforeDoesNotStay() {
    assertThat(parser.parse(ORIGIN, null).refusal().reason()).isEqualTo("no value: length=0");
    parse("{\"type\":\"forget\",\"node\":\"a\",\"timestamp\":1}");
    assertThat(parse("{\"node\":\"b\"}").refusal().reason()).isEqualTo("field missing: name=type");
    assertThat(parse("{\"type\":\"forget\",\"node\":\"b\"}").request().timestamp()).isEmpty();
  }

  private SignalParser.Parsed parse(String json) {
    return parser.parse(ORIGIN, json.getBytes(StandardCharsets.UTF_8));
  }
}
