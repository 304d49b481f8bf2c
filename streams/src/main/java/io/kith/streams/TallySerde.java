package io.kith.streams;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The stored form of a {@link QualityTally}, big-endian: version (1 byte), offset, sums, model
 * version, size of the open batch (1 byte), its scores (48 bytes a prediction). Binary, for a tally
 * is stored again at every prediction. Any thread.
 */
final class TallySerde {
  private static final byte VERSION = 3;

  private TallySerde() {}

  static Serde<QualityTally> create() {
    return Serdes.serdeFrom((topic, tally) -> write(tally), (topic, bytes) -> read(bytes));
  }

  private static byte[] write(QualityTally tally) {
    if (tally == null) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(304 + 48 * tally.batch().size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(tally.throughOffset());
      writeSums(out, tally.closed());
      writeBatch(out, tally.batch());
    } catch (IOException e) {
      throw new SerializationException("tally not written: to=memory", e);
    }
    return bytes.toByteArray();
  }

  private static QualityTally read(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte version = in.readByte();
      if (version != VERSION) {
        throw new SerializationException(
            "tally of another version, reset the application: version="
                + version
                + ", expected="
                + VERSION);
      }
      long throughOffset = in.readLong();
      return new QualityTally(readSums(in), throughOffset, readBatch(in));
    } catch (IOException e) {
      throw new SerializationException("tally cut short: length=" + bytes.length, e);
    }
  }

  private static void writeSums(DataOutputStream out, QualitySums s) throws IOException {
    out.writeLong(s.predictions());
    out.writeLong(s.repeats());
    out.writeLong(s.ranked());
    out.writeLong(s.negatives());
    for (RankSums rule : List.of(s.model(), s.recency(), s.edgeBank())) {
      out.writeDouble(rule.reciprocalRanks());
      out.writeLong(rule.hitsAt1());
      out.writeLong(rule.hitsAt10());
      out.writeDouble(rule.precision());
    }
    ListSums lists = s.whoNext();
    for (RecallSums recall : List.of(lists.at1(), lists.at5(), lists.at10(), lists.at20())) {
      out.writeLong(recall.lists());
      out.writeLong(recall.hits());
    }
    out.writeLong(s.firstTimestamp());
    out.writeLong(s.lastTimestamp());
    out.writeUTF(s.modelVersion());
  }

  private static QualitySums readSums(DataInputStream in) throws IOException {
    return new QualitySums(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        readRanks(in),
        readRanks(in),
        readRanks(in),
        new ListSums(readRecall(in), readRecall(in), readRecall(in), readRecall(in)),
        in.readLong(),
        in.readLong(),
        in.readUTF());
  }

  private static RecallSums readRecall(DataInputStream in) throws IOException {
    return new RecallSums(in.readLong(), in.readLong());
  }

  private static RankSums readRanks(DataInputStream in) throws IOException {
    return new RankSums(in.readDouble(), in.readLong(), in.readLong(), in.readDouble());
  }

  private static void writeBatch(DataOutputStream out, PairBatch batch) throws IOException {
    out.writeByte(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      for (int which = 0; which < PairBatch.SCORES; which++) {
        out.writeDouble(batch.score(which, i));
      }
    }
  }

  private static PairBatch readBatch(DataInputStream in) throws IOException {
    PairBatch batch = new PairBatch();
    int size = in.readByte();
    double[] scores = new double[PairBatch.SCORES];
    for (int i = 0; i < size; i++) {
      for (int which = 0; which < PairBatch.SCORES; which++) {
        scores[which] = in.readDouble();
      }
      batch.add(scores);
    }
    return batch;
  }
}
