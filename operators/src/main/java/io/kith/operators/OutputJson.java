package io.kith.operators;

import com.fasterxml.jackson.core.JsonGenerator;
import io.kith.model.Embedder;
import io.kith.model.Embedding;
import io.kith.model.Explanation;
import io.kith.model.Interaction;
import io.kith.model.LastList;
import io.kith.model.ModelSizes;
import io.kith.model.Neighbour;
import io.kith.model.Partners;
import io.kith.model.Recommendation;
import io.kith.model.RecordFormat;
import io.kith.model.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes predictions and {@link Embedding}s as JSON, or as CBOR. The same content gives the same
 * bytes on every JVM: fields in the order of the records, numbers as {@link JsonText} has them. Not
 * safe for concurrent use.
 */
final class OutputJson {
  private final JsonText json;
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
    this.json = new JsonText(format);
    this.sizes = weights.sizes();
    this.neighbours = neighbours;
    embedder = new Embedder(sizes);
    vector = new float[sizes.embedding()];
    modelVersion = weights.version();
  }

  /** A prediction, keyed by its source. */
  OutputRecord prediction(ReusedPrediction p) {
    Interaction i = p.interaction();
    return json.record(
        i.source(),
        i.timestamp(),
        out -> {
          out.writeStringField("source", i.source());
          out.writeStringField("target", i.target());
          out.writeNumberField("timestamp", i.timestamp());
          out.writeNumberField("score", p.score);
          out.writeNumberField("window", p.half.window());
          out.writeStringField("modelVersion", p.modelVersion);
          out.writeNumberField("sharedNeighbours", p.sharedNeighbours);
          out.writeNumberField("negatives", p.negatives);
          out.writeNumberField("rank", p.rank);
          out.writeNumberField("recencyRank", p.recencyRank);
          out.writeNumberField("edgeBankRank", p.edgeBankRank);
          out.writeNumberField("recencyScore", p.recencyScore);
          out.writeBooleanField("met", p.met);
          if (p.negatives > 0) {
            out.writeNumberField("negativeScore", p.negativeScore);
            out.writeNumberField("negativeRecencyScore", p.negativeRecencyScore);
            out.writeBooleanField("negativeMet", p.negativeMet);
          } else {
            out.writeNullField("negativeScore");
            out.writeNullField("negativeRecencyScore");
            out.writeNullField("negativeMet");
          }
          out.writeFieldName("explanation");
          write(p.explanation, out);
        });
  }

  /**
   * The same prediction, saying also which list of next partners its source had: as the last field,
   * so that nothing need be read.
   *
   * @param list null where it had none
   */
  OutputRecord withLastList(OutputRecord prediction, LastList list) {
    String text =
        list == null
            ? "null"
            : "{\"window\":%d,\"k\":%d,\"position\":%s}"
                .formatted(list.window(), list.k(), list.position());
    byte[] field = (",\"lastList\":" + text + "}").getBytes(StandardCharsets.UTF_8);
    byte[] before = prediction.value();
    byte[] value = Arrays.copyOf(before, before.length - 1 + field.length);
    System.arraycopy(field, 0, value, before.length - 1, field.length);
    return new OutputRecord(prediction.key(), value, prediction.timestamp());
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
    return json.record(
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
    return json.record(
        list.node(),
        list.timestamp(),
        out -> {
          out.writeStringField("node", list.node());
          out.writeStringField("key", list.key());
          out.writeNumberField("window", list.window());
          out.writeNumberField("timestamp", list.timestamp());
          out.writeStringField("modelVersion", list.modelVersion());
          JsonText.writeItems(list.recommendations(), out);
        });
  }
}
