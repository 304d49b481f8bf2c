package io.kith.deploy.letters;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kith.operators.KithOptions.TimestampUnit;
import java.io.IOException;
import java.math.BigInteger;
import picocli.CommandLine.Option;

/** Flags that say how to write the timestamps of JSON records in another unit. */
final class TimestampRepair {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  @Option(
      names = "--timestamp-from",
      paramLabel = "UNIT",
      description =
          "Repair: the timestamps are in this unit (seconds, milliseconds, microseconds, nanoseconds).")
  TimestampUnit from;

  @Option(
      names = "--timestamp-to",
      paramLabel = "UNIT",
      defaultValue = "milliseconds",
      description = "And are to be in this one. Default: ${DEFAULT-VALUE}.")
  TimestampUnit to;

  @Option(
      names = "--timestamp-field",
      paramLabel = "POINTER",
      defaultValue = "/timestamp",
      description = "JSON Pointer to them. Default: ${DEFAULT-VALUE}.")
  String field;

  boolean isAsked() {
    return from != null;
  }

  /**
   * The letter with its timestamp in the other unit.
   *
   * @throws IllegalArgumentException where it has none
   */
  Letter repaired(Letter letter) {
    JsonPointer pointer = JsonPointer.compile(field);
    JsonNode json;
    try {
      json = JSON.readTree(letter.value() == null ? new byte[0] : letter.value());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "not repaired, it is no JSON: letter=" + letter.place(), e);
    }
    JsonNode timestamp = json.at(pointer);
    if (!timestamp.isIntegralNumber() || !(json.at(pointer.head()) instanceof ObjectNode holder)) {
      throw new IllegalArgumentException(
          "not repaired, no whole number there: timestamp-field=%s, letter=%s"
              .formatted(field, letter.place()));
    }
    BigInteger nanos = timestamp.bigIntegerValue().multiply(nanos(from));
    holder.set(
        pointer.last().getMatchingProperty(), BigIntegerNode.valueOf(nanos.divide(nanos(to))));
    try {
      return letter.with(letter.headers(), letter.key(), JSON.writeValueAsBytes(json));
    } catch (IOException e) {
      throw new IllegalStateException("not written as JSON: letter=" + letter.place(), e);
    }
  }

  private static BigInteger nanos(TimestampUnit unit) {
    return BigInteger.valueOf(
        switch (unit) {
          case SECONDS -> 1_000_000_000;
          case MILLISECONDS -> 1_000_000;
          case MICROSECONDS -> 1_000;
          case NANOSECONDS -> 1;
        });
  }
}
