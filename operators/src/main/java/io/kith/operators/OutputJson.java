package io.kith.operators;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.kith.model.Embedder;
import io.kith.model.Embedding;
import io.kith.model.Explanation;
import io.kith.model.ModelSizes;
import io.kith.model.Neighbour;
import io.kith.model.Partners;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import io.kith.model.RecordFormat;
import io.kith.model.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes {@link Prediction}s and {@link Embedding}s as JSON or CBOR. The same content gives the
 * same bytes on every JVM: fields in the order of the records, floats in their shortest form by
 * Jackson's own algorithm, for that of the JDK differs between versions. Not safe for concurrent
 * use.
 */
final class OutputJson {
  private final JsonFactory json;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Embedder embedder;
  private final ModelSizes sizes;
  private final int neighbours;
  private final float[] vector;
  private final String modelVersion;

  /** As JSON. */
  OutputJson(Weights weights, int neighbours) {
    this(RecordFormat.JSON, weights, neighbours);
  }

  /**
   * @param neighbours partners that an embedding lists at most
   */
  OutputJson(RecordFormat format, Weights weights, int neighbours) {
    this.json =
        format == RecordFormat.CBOR
            ? new CBORFactory()
            : JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
    this.sizes = weights.sizes();
    this.neighbours = neighbours;
    embedder = new Embedder(sizes);
    vector = new float[sizes.embedding()];
    modelVersion = weights.version();
  }

  /** A prediction, keyed by its source. */
  OutputRecord prediction(Prediction p) {
    return record(
        p.source(),
        p.timestamp(),
        out -> {
          out.writeStringField("source", p.source());
          out.writeStringField("target", p.target());
          out.writeNumberField("timestamp", p.timestamp());
          out.writeNumberField("score", p.score());
          out.writeNumberField("window", p.window());
          out.writeStringField("modelVersion", p.modelVersion());
          out.writeNumberField("sharedNeighbours", p.sharedNeighbours());
          out.writeNumberField("negatives", p.negatives());
          out.writeNumberField("rank", p.rank());
          out.writeNumberField("recencyRank", p.recencyRank());
          out.writeNumberField("edgeBankRank", p.edgeBankRank());
          out.writeNumberField("recencyScore", p.recencyScore());
          out.writeBooleanField("met", p.met());
          if (p.negatives() > 0) {
            out.writeNumberField("negativeScore", p.negativeScore());
            out.writeNumberField("negativeRecencyScore", p.negativeRecencyScore());
            out.writeBooleanField("negativeMet", p.negativeMet());
          } else {
            out.writeNullField("negativeScore");
            out.writeNullField("negativeRecencyScore");
            out.writeNullField("negativeMet");
          }
          out.writeFieldName("explanation");
          write(p.explanation(), out);
        });
  }

  private static void write(Explanation explanation, JsonGenerator out) throws IOException {
    if (explanation == null) {
      out.writeNull();
      return;
    }
    out.writeStartObject();
    out.writeNumberField("jointSize", explanation.jointSize());
    out.writeNumberField("sharedSize", explanation.sharedSize());
    out.writeArrayFieldStart("entries");
    for (Explanation.Entry entry : explanation.entries()) {
      out.writeStartObject();
      out.writeStringField("key", entry.key());
      out.writeNumberField("code", entry.code());
      writeAge("sourceAge", entry.sourceAge(), out);
      writeAge("targetAge", entry.targetAge(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void writeAge(String name, Long age, JsonGenerator out) throws IOException {
    if (age == null) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, age);
    }
  }

  /** The embedding of a node after a window, keyed by the node. */
  OutputRecord embedding(long window, String id, long key, StoredRecord node) {
    embedder.embed(node, vector);
    return record(
        id,
        node.tau(),
        out -> {
          out.writeStringField("node", id);
          out.writeStringField("key", Long.toString(key));
          out.writeFieldName("vector");
          out.writeStartArray(vector, vector.length);
          for (float x : vector) {
            out.writeNumber(x);
          }
          out.writeEndArray();
          out.writeNumberField("window", window);
          out.writeNumberField("timestamp", node.tau());
          out.writeNumberField("interactions", node.interactions());
          out.writeStringField("modelVersion", modelVersion);
          out.writeArrayFieldStart("neighbours");
          for (Neighbour neighbour : Partners.newest(node, sizes, neighbours)) {
            out.writeStartObject();
            out.writeStringField("key", neighbour.key());
            out.writeNumberField("timestamp", neighbour.timestamp());
            out.writeNumberField("interactions", neighbour.interactions());
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  /** A node's next partners, keyed by the node. */
  OutputRecord recommendation(Recommendation list) {
    return record(
        list.node(),
        list.timestamp(),
        out -> {
          out.writeStringField("node", list.node());
          out.writeStringField("key", list.key());
          out.writeNumberField("window", list.window());
          out.writeNumberField("timestamp", list.timestamp());
          out.writeStringField("modelVersion", list.modelVersion());
          out.writeArrayFieldStart("recommendations");
          for (Recommendation.Item item : list.recommendations()) {
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
        });
  }

  private static void write(Recommendation.Reason reason, JsonGenerator out) throws IOException {
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

  private interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  private OutputRecord record(String key, long timestamp, Fields fields) {
    bytes.reset();
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("JSON could not be written: key=" + key, e);
    }
    return new OutputRecord(key.getBytes(StandardCharsets.UTF_8), bytes.toByteArray(), timestamp);
  }
}
