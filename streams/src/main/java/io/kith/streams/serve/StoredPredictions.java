package io.kith.streams.serve;

import io.kith.model.Prediction;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/** The stored form of a node's newest predictions, big-endian; the source is written once. */
final class StoredPredictions {
  private static final byte VERSION = 1;

  private StoredPredictions() {}

  static Serde<List<Prediction>> serde() {
    return StoredForm.serde(
        "predictions", VERSION, StoredPredictions::write, StoredPredictions::read);
  }

  private static void write(DataOutputStream out, List<Prediction> predictions) throws IOException {
    out.writeInt(predictions.size());
    Binary.writeText(out, predictions.isEmpty() ? "" : predictions.get(0).source());
    for (Prediction p : predictions) {
      Binary.writeText(out, p.target());
      Binary.writeText(out, p.modelVersion());
      out.writeLong(p.timestamp());
      out.writeFloat(p.score());
      out.writeLong(p.window());
      out.writeInt(p.sharedNeighbours());
      out.writeInt(p.negatives());
      out.writeDouble(p.rank());
      out.writeDouble(p.recencyRank());
      out.writeDouble(p.recencyScore());
      if (p.negatives() > 0) {
        out.writeFloat(p.negativeScore());
        out.writeDouble(p.negativeRecencyScore());
      }
    }
  }

  private static List<Prediction> read(DataInputStream in) throws IOException {
    int size = in.readInt();
    String source = Binary.readText(in);
    List<Prediction> predictions = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      predictions.add(readOne(in, source));
    }
    return predictions;
  }

  private static Prediction readOne(DataInputStream in, String source) throws IOException {
    String target = Binary.readText(in);
    String modelVersion = Binary.readText(in);
    long timestamp = in.readLong();
    float score = in.readFloat();
    long window = in.readLong();
    int sharedNeighbours = in.readInt();
    int negatives = in.readInt();
    double rank = in.readDouble();
    double recencyRank = in.readDouble();
    double recencyScore = in.readDouble();
    Float negativeScore = negatives > 0 ? in.readFloat() : null;
    Double negativeRecencyScore = negatives > 0 ? in.readDouble() : null;
    return new Prediction(
        source,
        target,
        timestamp,
        score,
        window,
        modelVersion,
        sharedNeighbours,
        negatives,
        rank,
        recencyRank,
        recencyScore,
        negativeScore,
        negativeRecencyScore);
  }
}
