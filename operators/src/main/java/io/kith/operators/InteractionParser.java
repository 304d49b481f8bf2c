package io.kith.operators;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import io.kith.operators.KithOptions.TimestampUnit;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Reads an interaction from JSON: {@code {"source": "a", "target": "b", "timestamp": 0, "features":
 * [0.5]}}. Ids may be whole numbers; other fields are ignored. What cannot be an interaction is
 * refused with a reason, never with an exception. Not safe for concurrent use.
 */
final class InteractionParser {
  private static final int DEEPEST = 16;
  private static final float[] NO_FEATURES = {};

  private final ParserSettings settings;
  private final LongSupplier clock;
  private final JsonFactory json;

  private String source;
  private String target;
  private boolean timed;
  private long timestamp;
  private float[] features;

  /** Either an interaction or a refusal; the other is null. */
  record Parsed(Interaction interaction, Refusal refusal) {}

  /** Why the fields so far cannot be an interaction; caught where the refusal is made. */
  private static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * @param clock the time now, ms; bounds timestamps
   */
  InteractionParser(ParserSettings settings, LongSupplier clock) {
    this.settings = settings;
    this.clock = clock;
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();
  }

  /**
   * Reads one interaction.
   *
   * @param value the record's bytes; null is refused
   */
  Parsed parse(byte[] value) {
    try {
      Interaction interaction = read(value);
      return interaction.isSelfLoop()
          ? refused(
              new Refusal(Refusal.Kind.SELF_LOOP, "self loop: source=" + interaction.source()))
          : new Parsed(interaction, null);
    } catch (Unfit e) {
      return refused(Refusal.unreadable(e.getMessage()));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "length=" + value.length : "position=" + at.getByteOffset();
      return refused(Refusal.unreadable("not JSON: " + e.getOriginalMessage() + ", " + where));
    } catch (IOException e) {
      // Malformed UTF-8 comes this way; the bytes are in memory, so nothing else does.
      return refused(
          Refusal.unreadable("not JSON: " + e.getMessage() + ", length=" + value.length));
    }
  }

  private static Parsed refused(Refusal refusal) {
    return new Parsed(null, refusal);
  }

  private Interaction read(byte[] value) throws IOException, Unfit {
    if (value == null) {
      throw new Unfit("no value: length=0");
    }
    source = null;
    target = null;
    timed = false;
    features = null;
    try (JsonParser parser = json.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Unfit("not a JSON object: starts with=" + parser.currentToken());
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        readField(parser, parser.currentName());
      }
      if (parser.nextToken() != null) {
        throw new Unfit("more than one JSON object: next=" + parser.currentToken());
      }
    }
    return interaction();
  }

  private void readField(JsonParser parser, String name) throws IOException, Unfit {
    JsonToken value = parser.nextToken();
    switch (name) {
      case "source" -> source = id(parser, value, name, source);
      case "target" -> target = id(parser, value, name, target);
      case "timestamp" -> readTimestamp(parser, value);
      case "features" -> readFeatures(parser, value);
      default -> parser.skipChildren();
    }
  }

  private String id(JsonParser parser, JsonToken value, String name, String before)
      throws IOException, Unfit {
    refuseSecond(name, before != null);
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
    if (bytes > settings.maxIdBytes()) {
      throw new Unfit(
          name + " too long: bytes=" + bytes + ", max-id-bytes=" + settings.maxIdBytes());
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

  private void readTimestamp(JsonParser parser, JsonToken value) throws IOException, Unfit {
    refuseSecond("timestamp", timed);
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
    timestamp = toMs(given, settings.unit());
    timed = true;
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

  private void readFeatures(JsonParser parser, JsonToken value) throws IOException, Unfit {
    refuseSecond("features", features != null);
    if (value != JsonToken.START_ARRAY) {
      throw new Unfit("features are not an array: found=" + value);
    }
    float[] read = new float[settings.features()];
    int n = 0;
    for (JsonToken x = parser.nextToken(); x != JsonToken.END_ARRAY; x = parser.nextToken()) {
      if (x == null || !x.isNumeric()) {
        throw new Unfit("feature is not a number: index=" + n + ", found=" + x);
      }
      float feature = (float) parser.getDoubleValue();
      if (!Float.isFinite(feature)) {
        throw new Unfit("feature is not finite: index=" + n + ", value=" + parser.getText());
      }
      if (n < read.length) {
        read[n] = feature;
      }
      n++;
    }
    if (n != read.length) {
      throw wrongDimension(n);
    }
    features = read;
  }

  private Unfit wrongDimension(int found) {
    return new Unfit(
        "features of another number: found=%d, expected=%d".formatted(found, settings.features()));
  }

  private static void refuseSecond(String name, boolean there) throws Unfit {
    if (there) {
      throw new Unfit("field twice: name=" + name);
    }
  }

  private Interaction interaction() throws Unfit {
    if (source == null || target == null || !timed) {
      String missing = source == null ? "source" : target == null ? "target" : "timestamp";
      throw new Unfit("field missing: name=" + missing);
    }
    if (features == null && settings.features() > 0) {
      throw wrongDimension(0);
    }
    return new Interaction(
        source,
        NodeKey.of(source),
        target,
        NodeKey.of(target),
        timestamp,
        features == null ? NO_FEATURES : features);
  }
}
