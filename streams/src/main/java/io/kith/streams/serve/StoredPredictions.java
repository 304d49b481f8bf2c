package io.kith.streams.serve;

import io.kith.model.Explanation;
import io.kith.model.LastList;
import io.kith.model.Prediction;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/** The stored form of a node's newest predictions, big-endian; the source is written once. */
final class StoredPredictions {
  private static final byte VERSION = 3;

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
      out.writeDouble(p.edgeBankRank());
      out.writeDouble(p.recencyScore());
      out.writeBoolean(p.met());
      if (p.negatives() > 0) {
        out.writeFloat(p.negativeScore());
        out.writeDouble(p.negativeRecencyScore());
        out.writeBoolean(p.negativeMet());
      }
      out.writeBoolean(p.explanation() != null);
      if (p.explanation() != null) {
        writeExplanation(out, p.explanation());
      }
      out.writeBoolean(p.lastList() != null);
      if (p.lastList() != null) {
        writeLastList(out, p.lastList());
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
    double edgeBankRank = in.readDouble();
    double recencyScore = in.readDouble();
    boolean met = in.readBoolean();
    Float negativeScore = negatives > 0 ? in.readFloat() : null;
    Double negativeRecencyScore = negatives > 0 ? in.readDouble() : null;
    Boolean negativeMet = negatives > 0 ? in.readBoolean() : null;
    Explanation explanation = in.readBoolean() ? readExplanation(in) : null;
    LastList lastList = in.readBoolean() ? readLastList(in) : null;
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
        edgeBankRank,
        recencyScore,
        met,
        negativeScore,
        negativeRecencyScore,
        negativeMet,
        explanation,
        lastList);
  }

  /** Places count from 1, so 0 stands for none. */
  private static void writeLastList(DataOutputStream out, LastList list) throws IOException {
    out.writeLong(list.window());
    out.writeInt(list.k());
    out.writeInt(list.position() == null ? 0 : list.position());
  }

  private static LastList readLastList(DataInputStream in) throws IOException {
    long window = in.readLong();
    int k = in.readInt();
    int position = in.readInt();
    return new LastList(window, k, position == 0 ? null : (Integer) position);
  }

  private static void writeExplanation(DataOutputStream out, Explanation e) throws IOException {
    out.writeInt(e.jointSize());
    out.writeInt(e.sharedSize());
    out.writeInt(e.entries().size());
    for (Explanation.Entry entry : e.entries()) {
      Binary.writeText(out, entry.key());
      out.writeByte(entry.code());
      writeAge(out, entry.sourceAge());
      writeAge(out, entry.targetAge());
    }
  }

  private static Explanation readExplanation(DataInputStream in) throws IOException {
    int jointSize = in.readInt();
    int sharedSize = in.readInt();
    List<Explanation.Entry> entries = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      entries.add(
          new Explanation.Entry(Binary.readText(in), in.readByte(), readAge(in), readAge(in)));
    }
    return new Explanation(jointSize, sharedSize, entries);
  }

  /** An age is never negative, so -1 stands for none. */
  private static void writeAge(DataOutputStream out, Long age) throws IOException {
    out.writeLong(age == null ? -1 : age);
  }

  private static Long readAge(DataInputStream in) throws IOException {
    long age = in.readLong();
    return age < 0 ? null : (Long) age;
  }
}
