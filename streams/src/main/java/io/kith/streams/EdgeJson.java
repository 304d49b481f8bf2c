package io.kith.streams;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.kith.model.Interaction;
import io.kith.model.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes interactions as they stand on the edges topic (JSON Schema: {@code
 * schema/interaction.schema.json}). Any thread.
 */
public final class EdgeJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonFactory CBOR = new CBORFactory();

  private EdgeJson() {}

  /** The value of a record, as JSON. */
  public static byte[] of(Interaction interaction) {
    return of(interaction, RecordFormat.JSON);
  }

  /** The value of a record; features are left out where there are none. */
  public static byte[] of(Interaction interaction, RecordFormat format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
    JsonFactory factory = format == RecordFormat.CBOR ? CBOR : JSON;
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("source", interaction.source());
      json.writeStringField("target", interaction.target());
      json.writeNumberField("timestamp", interaction.timestamp());
      if (interaction.features().length > 0) {
        json.writeArrayFieldStart("features");
        for (float feature : interaction.features()) {
          json.writeNumber(feature);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
