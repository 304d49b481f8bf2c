package io.kith.streams.serve;

import io.kith.model.Embedding;
import io.kith.model.Neighbour;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;

/**
 * The stored form of an {@link Embedding}, big-endian: 4 bytes a number of the vector, some 35 a
 * neighbour, 45 bytes more, and the three strings. JSON would take two to three times the space.
 */
final class StoredEmbedding {
  private static final byte VERSION = 2;

  private StoredEmbedding() {}

  static Serde<Embedding> serde() {
    return StoredForm.serde("embedding", VERSION, StoredEmbedding::write, StoredEmbedding::read);
  }

  private static void write(DataOutputStream out, Embedding e) throws IOException {
    Binary.writeText(out, e.node());
    Binary.writeText(out, e.key());
    Binary.writeText(out, e.modelVersion());
    out.writeLong(e.window());
    out.writeLong(e.timestamp());
    out.writeInt(e.interactions());
    out.writeInt(e.vector().size());
    for (float x : e.vector()) {
      out.writeFloat(x);
    }
    out.writeInt(e.neighbours().size());
    for (Neighbour neighbour : e.neighbours()) {
      Binary.writeText(out, neighbour.key());
      out.writeLong(neighbour.timestamp());
      out.writeInt(neighbour.interactions());
    }
  }

  private static Embedding read(DataInputStream in) throws IOException {
    String node = Binary.readText(in);
    String key = Binary.readText(in);
    String modelVersion = Binary.readText(in);
    long window = in.readLong();
    long timestamp = in.readLong();
    int interactions = in.readInt();
    int length = in.readInt();
    List<Float> vector = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      vector.add(in.readFloat());
    }
    List<Neighbour> neighbours = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      neighbours.add(new Neighbour(Binary.readText(in), in.readLong(), in.readInt()));
    }
    return new Embedding(
        node, key, vector, window, timestamp, interactions, modelVersion, neighbours);
  }
}
