package io.kith.operators;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.kith.model.Recommendation;
import io.kith.model.RecordFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Records for output topics whose value is one JSON object, or one CBOR map, and what several kinds
 * of them have. In JSON floats are in their shortest form by Jackson's own algorithm, for that of
 * the JDK differs between versions. One generator writes all records; after a failure it is of no
 * use any more. Not safe for concurrent use.
 */
final class JsonText {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator out;

  JsonText(RecordFormat format) {
    JsonFactory factory =
        format == RecordFormat.CBOR
            ? new CBORFactory()
            : new JsonFactoryBuilder()
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .rootValueSeparator("") // each record stands alone
                .build();
    try {
      out = factory.createGenerator(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("no generator: format=" + format, e);
    }
  }

  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  OutputRecord record(String key, long timestamp, Fields fields) {
    bytes.reset();
    try {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("record could not be written: key=" + key, e);
    }
    return new OutputRecord(key.getBytes(StandardCharsets.UTF_8), bytes.toByteArray(), timestamp);
  }

  /** The field {@code recommendations}. */
  static void writeItems(List<Recommendation.Item> items, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("recommendations");
    for (Recommendation.Item item : items) {
      out.writeStartObject();
      out.writeStringField("target", item.target());
      out.writeStringField("targetKey", item.targetKey());
      out.writeNumberField("score", item.score());
      out.writeStringField("origin", item.origin().text());
      out.writeFieldName("reason");
      write(item.reason(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  static void write(Recommendation.Reason reason, JsonGenerator out) throws IOException {
    out.writeStartObject();
    if (reason.lastMet() == null) {
      out.writeNullField("lastMet");
    } else {
      out.writeNumberField("lastMet", reason.lastMet());
    }
    out.writeNumberField("meetings", reason.meetings());
    out.writeArrayFieldStart("shared");
    for (Recommendation.SharedByCode shared : reason.shared()) {
      out.writeStartObject();
      out.writeNumberField("code", shared.code());
      out.writeNumberField("nodes", shared.nodes());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("strongest");
    for (Recommendation.SharedNode node : reason.strongest()) {
      out.writeStartObject();
      out.writeStringField("key", node.key());
      out.writeNumberField("code", node.code());
      out.writeNumberField("timestamp", node.timestamp());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
