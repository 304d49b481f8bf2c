package io.kith.streams;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The stored form of a {@link QualityTally}, big-endian: version (1 byte), offset, sums, model
 * version, size of the open batch (1 byte), its scores (32 bytes a prediction). Binary, for a tally
 * is stored again at every prediction. Any thread.
 */
final class TallySerde {
  private static final byte VERSION = 1;

  private TallySerde() {}

  static Serde<QualityTally> create() {
    return Serdes.serdeFrom((topic, tally) -> write(tally), (topic, bytes) -> read(bytes));
  }

  private static byte[] write(QualityTally tally) {
    if (tally == null) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160 + 32 * tally.batch().size());
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
    out.writeDouble(s.reciprocalRanks());
    out.writeDouble(s.recencyReciprocalRanks());
    out.writeLong(s.hitsAt1());
    out.writeLong(s.hitsAt10());
    out.writeDouble(s.precision());
    out.writeDouble(s.recencyPrecision());
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
        in.readDouble(),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readUTF());
  }

  private static void writeBatch(DataOutputStream out, PairBatch batch) throws IOException {
    out.writeByte(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      out.writeDouble(batch.positive[i]);
      out.writeDouble(batch.negative[i]);
      out.writeDouble(batch.recencyPositive[i]);
      out.writeDouble(batch.recencyNegative[i]);
    }
  }

  private static PairBatch readBatch(DataInputStream in) throws IOException {
    PairBatch batch = new PairBatch();
    int size = in.readByte();
    for (int i = 0; i < size; i++) {
      batch.add(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    }
    return batch;
  }
}
