package io.kith.streams.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each format takes for an event, where fields stand in it, and what it refuses. */
class EventFormatTest {
  private static final Map<String, String> BINARY =
      Map.of(
          "ce_specversion", "1.0",
          "ce_id", "7",
          "ce_source", "/shop",
          "ce_type", "sold",
          "ce_time", "2024-01-01T00:00:00Z");

  @Test
  void aDebeziumChangeHasItsRowAsBodyWithAndWithoutASchema() throws Exception {
    String change =
        "{\"before\":null,\"after\":{\"a\":{\"b\":1}},\"source\":{\"ts_ms\":5},\"op\":\"c\",\"ts_ms\":6}";
    for (String record :
        List.of(change, "{\"schema\":{\"type\":\"struct\"},\"payload\":" + change + "}")) {
      Event event = debezium(record);

      assertThat(Field.of("a.b").in(event).asInt()).isEqualTo(1);
      assertThat(Field.of("/after/a/b").in(event).asInt()).isEqualTo(1);
      assertThat(Field.of("/source/ts_ms").in(event).asInt()).isEqualTo(5);
      assertThat(Field.of("/ts_ms").in(event).asInt()).isEqualTo(6);
      assertThat(event.id()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"op":"u","after":{}}                  | no operation that is an interaction: op=u
          {"op":"d","before":{},"after":null}    | no operation that is an interaction: op=d
          {"op":"t"}                             | no operation that is an interaction: op=t
          {"schema":{},"payload":{"op":"m"}}     | no operation that is an interaction: op=m
          ~~                                     | tombstone: length=0
          """)
  void aDebeziumChangeThatIsNoInteractionIsUnwanted(String record, String what) {
    assertThatThrownBy(() -> debezium(record.isEmpty() ? null : record))
        .isInstanceOf(Unwanted.class)
        .hasMessage(what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"op":"x","after":{}}                  | no Debezium change: op=x
          {"after":{}}                           | no Debezium change: op=MISSING
          {"op":["c"],"after":{}}                | no Debezium change: op=ARRAY
          {"schema":{},"payload":null}           | no Debezium change: op=MISSING
          {"op":"c","after":null}                | no row after the change: op=c, after=NULL
          {"op":"r"}                             | no row after the change: op=r, after=MISSING
          [1]                                    | not a JSON object: found=ARRAY
          """)
  void whatIsNoDebeziumChangeIsRefused(String record, String reason) {
    assertThatThrownBy(() -> debezium(record)).isInstanceOf(Unfit.class).hasMessage(reason);
  }

  @Test
  void aTombstoneWithoutAKeyIsRefused() {
    assertThatThrownBy(() -> new DebeziumEvents(Set.of("c")).open(null, null, name -> null))
        .isInstanceOf(Unfit.class)
        .hasMessage("no value: length=0");
  }

  @Test
  void aCloudEventHasItsDataAsBodyInBothModes() throws Exception {
    String structured =
        "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/shop\",\"type\":\"sold\",\"time\":\"2024-01-01T00:00:00Z\",";
    List<Event> events =
        List.of(
            cloud(
                structured + "\"data\":{\"a\":1}}",
                Map.of("content-type", "application/cloudevents+json; charset=UTF-8")),
            cloud(structured + "\"data\":{\"a\":1}}", Map.of()),
            cloud(
                structured
                    + "\"datacontenttype\":\"application/json\",\"data_base64\":\"eyJhIjoxfQ==\"}",
                Map.of()),
            cloud("{\"a\":1}", BINARY),
            cloud("{\"a\":1}", and("content-type", "application/vnd.shop+json")));
    for (Event event : events) {
      assertThat(Field.of("a").in(event).asInt()).isEqualTo(1);
      assertThat(Field.of("/time").in(event).asText()).isEqualTo("2024-01-01T00:00:00Z");
      assertThat(event.id()).hasValue("5:/shop1:7");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"specversion":"1.0","id":"7","source":"/s","type":"t"}                    | ~~ | data is not a JSON object: data=MISSING
          {"specversion":"1.0","id":"7","source":"/s","type":"t","data":"x"}         | ~~ | data is not a JSON object: data=STRING
          {"specversion":"1.0","id":"7","source":"/s","type":"t","data_base64":"*"}  | ~~ | data_base64 is not Base64: length=1
          {"specversion":"0.3","id":"7","source":"/s","type":"t","data":{}}          | ~~ | CloudEvent of another version: specversion=0.3
          {"specversion":"1.0","id":"","source":"/s","type":"t","data":{}}           | ~~ | no CloudEvent: id=
          {"specversion":"1.0","id":7,"source":"/s","type":"t","data":{}}            | ~~ | no CloudEvent: id=7
          {"specversion":"1.0","id":"7","type":"t","data":{}}                        | ~~ | no CloudEvent: source=MISSING
          {"a":1}                                                                    | ~~ | no CloudEvent: specversion=MISSING
          {"a":1}                                                                    | application/json | no CloudEvent: specversion=MISSING
          {}                                                                         | application/cloudevents+avro | only JSON is read: content-type=application/cloudevents+avro
          {}                                                                         | application/cloudevents-batch+json | no CloudEvent: specversion=MISSING
          {"specversion":"1.0","id":"7","source":"/s","type":"t","datacontenttype":"text/xml","data":{}} | ~~ | data is not JSON: datacontenttype=text/xml
          """)
  void whatIsNoCloudEventIsRefused(String record, String contentType, String reason) {
    Map<String, String> headers =
        contentType.isEmpty() ? Map.of() : Map.of("content-type", contentType);
    assertThatThrownBy(() -> cloud(record, headers)).isInstanceOf(Unfit.class).hasMessage(reason);
  }

  @Test
  void binaryCloudEventsNeedJson() {
    assertThatThrownBy(() -> cloud("<a/>", and("content-type", "text/xml")))
        .hasMessage("data is not JSON: content-type=text/xml");
    assertThatThrownBy(() -> cloud("[1]", BINARY)).hasMessage("not a JSON object: found=ARRAY");
  }

  @Test
  void aCsvLineHasItsColumnsByNumberOrByName() throws Exception {
    Event byNumber = csv(new CsvEvents(',', List.of()), "ann,\"b \"\"x\"\", c\",5\r\n");
    assertThat(Field.column("1").in(byNumber).asText()).isEqualTo("ann");
    assertThat(Field.column("2").in(byNumber).asText()).isEqualTo("b \"x\", c");
    assertThat(Field.column("3").in(byNumber).asText()).isEqualTo("5");
    assertThat(Field.column("4").in(byNumber).isMissingNode()).isTrue();

    Event byName = csv(new CsvEvents('\t', List.of("user.id", "b")), "ann\t5");
    assertThat(Field.column("user.id").in(byName).asText()).isEqualTo("ann");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~                | no CSV line: length=0
          a                 | another number of columns: found=1, expected=2
          a,b,c             | another number of columns: found=3, expected=2
          a,"b              | not CSV: malformed quotes or columns, length=4
          """)
  void whatIsNoCsvLineIsRefused(String line, String reason) {
    assertThatThrownBy(() -> csv(new CsvEvents(',', List.of("a", "b")), line))
        .isInstanceOf(Unfit.class)
        .hasMessage(reason);
  }

  @Test
  void aRecordIsOneCsvLineInUtf8() {
    CsvEvents csv = new CsvEvents(',', List.of());
    assertThatThrownBy(() -> csv(csv, "a,b\nc,d")).hasMessage("more than one CSV line: length=7");
    assertThatThrownBy(() -> csv.open(null, new byte[] {'a', (byte) 0xff}, name -> null))
        .hasMessage("not UTF-8: length=2");
    assertThatThrownBy(() -> csv.open(null, null, name -> null)).hasMessage("no value: length=0");
  }

  @Test
  void fieldsAreFoundByPathOrPointer() throws Exception {
    Event event =
        new JsonEvents()
            .open(null, "{\"a\":[{\"b/c\":1}],\"d.e\":2,\"~\":3}".getBytes(UTF_8), name -> null);

    assertThat(Field.of("a.0.b/c").in(event).asInt()).isEqualTo(1);
    assertThat(Field.of("/a/0/b~1c").in(event).asInt()).isEqualTo(1);
    assertThat(Field.of("/d.e").in(event).asInt()).isEqualTo(2);
    assertThat(Field.of("~").in(event).asInt()).isEqualTo(3);
    assertThat(Field.of("a.1").in(event).isMissingNode()).isTrue();
    assertThatThrownBy(() -> Field.of("a..b")).hasMessage("a step of the path is empty: path=a..b");
  }

  @Test
  void idsOfSeveralPartsAreApart() {
    assertThat(EventId.joined(List.of("a", "bc"))).isNotEqualTo(EventId.joined(List.of("ab", "c")));
    assertThat(EventId.joined(List.of("a"))).isEqualTo("a");
  }

  private static Event debezium(String record) throws Unfit, Unwanted {
    return new DebeziumEvents(Set.of("c", "r"))
        .open(new byte[1], record == null ? null : record.getBytes(UTF_8), name -> null);
  }

  private static Event cloud(String record, Map<String, String> headers) throws Unfit {
    return new CloudEvents().open(null, record.getBytes(UTF_8), headers::get);
  }

  private static Event csv(CsvEvents format, String line) throws Unfit {
    return format.open(null, line.getBytes(UTF_8), name -> null);
  }

  private static Map<String, String> and(String name, String value) {
    Map<String, String> all = new HashMap<>(BINARY);
    all.put(name, value);
    return all;
  }
}
