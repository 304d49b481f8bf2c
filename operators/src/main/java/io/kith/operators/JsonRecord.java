package io.kith.operators;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.kith.model.RecordFormat;
import io.kith.operators.KithOptions.TimestampUnit;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Reads records that are one JSON object, or one CBOR map, and the fields that all kinds of them
 * have: ids and timestamps. What is unfit becomes a refusal with a reason, never an exception. Not
 * safe for concurrent use.
 */
final class JsonRecord {
  private static final int DEEPEST = 16;

  private final ParserSettings settings;
  private final LongSupplier clock;
  private final JsonFactory json;
  private final JsonFactory cbor;

  /** Takes a field; the parser stands at its value. */
  @FunctionalInterface
  interface Fields {
    void read(JsonParser parser, String name, JsonToken value) throws IOException, Unfit;
  }

  /** Why a record cannot be what it should; caught where the refusal is made. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * @param clock the time now, ms; bounds timestamps
   */
  JsonRecord(ParserSettings settings, LongSupplier clock) {
    this.settings = settings;
    this.clock = clock;
    StreamReadConstraints shallow =
        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();
    this.json = JsonFactory.builder().streamReadConstraints(shallow).build();
    this.cbor = CBORFactory.builder().streamReadConstraints(shallow).build();
  }

  /**
   * Shows each field of a record.
   *
   * @param value the record's bytes; null is unfit
   * @throws Unfit if it is not one JSON object, or if a field is unfit
   */
  void read(byte[] value, Fields fields) throws Unfit {
    if (value == null) {
      throw new Unfit("no value: length=0");
    }
    RecordFormat format = RecordFormat.of(value);
    JsonFactory factory = format == RecordFormat.CBOR ? cbor : json;
    try (JsonParser parser = factory.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Unfit("not a JSON object: starts with=" + parser.currentToken());
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        fields.read(parser, name, parser.nextToken());
      }
      if (parser.nextToken() != null) {
        throw new Unfit(
            "more than one %s object: next=%s".formatted(format, parser.currentToken()));
      }
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "length=" + value.length : "position=" + at.getByteOffset();
      throw new Unfit("not %s: %s, %s".formatted(format, e.getOriginalMessage(), where));
    } catch (IOException e) {
      // Malformed UTF-8 comes this way; the bytes are in memory, so nothing else does.
      throw new Unfit("not %s: %s, length=%d".formatted(format, e.getMessage(), value.length));
    }
  }

  /** A node's id. */
  String id(JsonParser parser, JsonToken value, String name) throws IOException, Unfit {
    return id(parser, value, name, settings.maxIdBytes(), "max-id-bytes");
  }

  /**
   * The id of something.
   *
   * @param most bytes that it may have in UTF-8
   * @param bound what that is called
   */
  static String id(JsonParser parser, JsonToken value, String name, int most, String bound)
      throws IOException, Unfit {
    if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NUMBER_INT) {
      throw new Unfit(name + " is neither a string nor a whole number: found=" + value);
    }
    String id = parser.getText();
    if (id.isEmpty()) {
      throw new Unfit(name + " is empty: length=0");
    }
    int bytes = utf8Length(id);
    if (bytes < 0) {
      throw new Unfit(
          name + " is not Unicode: it has half a surrogate pair, length=" + id.length());
    }
    if (bytes > most) {
      throw new Unfit(name + " too long: bytes=" + bytes + ", " + bound + "=" + most);
    }
    return id;
  }

  /** Bytes of a string in UTF-8, or -1 where it holds half a surrogate pair. */
  private static int utf8Length(String id) {
    int bytes = 0;
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < id.length()
          && Character.isLowSurrogate(id.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else if (Character.isSurrogate(c)) {
        return -1;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return bytes;
  }

  /** An event time, ms. */
  long timestamp(JsonParser parser, JsonToken value) throws IOException, Unfit {
    if (value != JsonToken.VALUE_NUMBER_INT) {
      throw new Unfit("timestamp is not a whole number: found=" + value);
    }
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new Unfit("timestamp out of bounds: timestamp=" + parser.getText());
    }
    long given = parser.getLongValue();
    long latest = clock.getAsLong() + settings.maxAheadMs();
    if (given < 0 || given > fromMs(latest, settings.unit())) {
      throw new Unfit(
          "timestamp out of bounds: timestamp=%d, timestamp-unit=%s, latest=%d ms"
              .formatted(given, settings.unit(), latest));
    }
    return toMs(given, settings.unit());
  }

  /** A time in ms in another unit; what does not fit is the greatest there is. */
  private static long fromMs(long ms, TimestampUnit unit) {
    return switch (unit) {
      case SECONDS -> ms / 1_000;
      case MILLISECONDS -> ms;
      case MICROSECONDS -> ms > Long.MAX_VALUE / 1_000 ? Long.MAX_VALUE : ms * 1_000;
      case NANOSECONDS -> ms > Long.MAX_VALUE / 1_000_000 ? Long.MAX_VALUE : ms * 1_000_000;
    };
  }

  private static long toMs(long given, TimestampUnit unit) {
    return switch (unit) {
      case SECONDS -> given * 1_000;
      case MILLISECONDS -> given;
      case MICROSECONDS -> given / 1_000;
      case NANOSECONDS -> given / 1_000_000;
    };
  }

  /** Refuses a field that has been there before. */
  static void refuseSecond(String name, boolean there) throws Unfit {
    if (there) {
      throw new Unfit("field twice: name=" + name);
    }
  }
}
