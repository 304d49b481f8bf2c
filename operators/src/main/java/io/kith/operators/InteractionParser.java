package io.kith.operators;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import io.kith.operators.JsonRecord.Unfit;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Reads an interaction from JSON or CBOR: {@code {"source": "a", "target": "b", "timestamp": 0,
 * "features": [0.5]}}. Ids may be whole numbers; other fields are ignored. What cannot be an
 * interaction is refused with a reason, never with an exception. Not safe for concurrent use.
 */
final class InteractionParser {
  private final ParserSettings settings;
  private final JsonRecord record;

  private String source;
  private String target;
  private boolean timed;
  private long timestamp;
  private float[] features;

  /** Either an interaction or a refusal; the other is null. */
  record Parsed(Interaction interaction, Refusal refusal) {}

  /**
   * @param clock the time now, ms; bounds timestamps
   */
  InteractionParser(ParserSettings settings, LongSupplier clock) {
    this.settings = settings;
    this.record = new JsonRecord(settings, clock);
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
    }
  }

  private static Parsed refused(Refusal refusal) {
    return new Parsed(null, refusal);
  }

  private Interaction read(byte[] value) throws Unfit {
    source = null;
    target = null;
    timed = false;
    features = null;
    record.read(value, this::readField);
    return interaction();
  }

  private void readField(JsonParser parser, String name, JsonToken value)
      throws IOException, Unfit {
    switch (name) {
      case "source" -> {
        JsonRecord.refuseSecond(name, source != null);
        source = record.id(parser, value, name);
      }
      case "target" -> {
        JsonRecord.refuseSecond(name, target != null);
        target = record.id(parser, value, name);
      }
      case "timestamp" -> {
        JsonRecord.refuseSecond(name, timed);
        timestamp = record.timestamp(parser, value);
        timed = true;
      }
      case "features" -> readFeatures(parser, value);
      default -> parser.skipChildren();
    }
  }

  private void readFeatures(JsonParser parser, JsonToken value) throws IOException, Unfit {
    JsonRecord.refuseSecond("features", features != null);
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
        features == null ? Interaction.NO_FEATURES : features);
  }
}
