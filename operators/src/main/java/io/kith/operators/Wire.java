package io.kith.operators;

import io.kith.model.Interaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The parts that formats are made of; {@code readX} reads what {@code writeX} wrote. */
final class Wire {
  private Wire() {}

  static void writeForgets(Forgets forgets, DataOutputView out) throws IOException {
    out.writeLong(forgets.window());
    out.writeLong(forgets.receiver());
    out.writeInt(forgets.nodes().size());
    for (String node : forgets.nodes()) {
      writeText(node, out);
    }
  }

  static Forgets readForgets(DataInputView in) throws IOException {
    long window = in.readLong();
    long receiver = in.readLong();
    List<String> nodes = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      nodes.add(readText(in));
    }
    return new Forgets(window, receiver, nodes);
  }

  static void writeOutput(OutputRecord record, DataOutputView out) throws IOException {
    writeBytes(record.key(), out);
    writeBytes(record.value(), out);
    out.writeLong(record.timestamp());
  }

  static OutputRecord readOutput(DataInputView in) throws IOException {
    return new OutputRecord(readBytes(in), readBytes(in), in.readLong());
  }

  /** Writes a half-interaction; {@link HeldHalves} keeps them in this form as well. */
  static void writeHalf(Half half, DataOutputView out) throws IOException {
    out.writeLong(half.window());
    out.writeBoolean(half.fromSource());
    out.writeBoolean(half.asked());
    writeInteraction(half.interaction(), out);
  }

  /** Reads what {@link #writeHalf} wrote. */
  static Half readHalf(DataInputView in) throws IOException {
    long window = in.readLong();
    boolean fromSource = in.readBoolean();
    boolean asked = in.readBoolean();
    return new Half(window, readInteraction(in), fromSource, asked);
  }

  static void writeInteraction(Interaction i, DataOutputView out) throws IOException {
    writeText(i.source(), out);
    writeText(i.target(), out);
    out.writeLong(i.sourceKey());
    out.writeLong(i.targetKey());
    out.writeLong(i.timestamp());
    out.writeInt(i.features().length);
    for (float feature : i.features()) {
      out.writeFloat(feature);
    }
  }

  static Interaction readInteraction(DataInputView in) throws IOException {
    String source = readText(in);
    String target = readText(in);
    long sourceKey = in.readLong();
    long targetKey = in.readLong();
    long timestamp = in.readLong();
    int length = in.readInt();
    float[] features = length == 0 ? Interaction.NO_FEATURES : new float[length];
    for (int n = 0; n < features.length; n++) {
      features[n] = in.readFloat();
    }
    return new Interaction(source, sourceKey, target, targetKey, timestamp, features);
  }

  static void writeRequest(ForgetRequest request, DataOutputView out) throws IOException {
    out.writeLong(request.offset());
    writeText(request.node(), out);
    out.writeBoolean(request.timestamp().isPresent());
    out.writeLong(request.timestamp().orElse(0));
  }

  static ForgetRequest readRequest(int partition, DataInputView in) throws IOException {
    long offset = in.readLong();
    String node = readText(in);
    boolean timed = in.readBoolean();
    long timestamp = in.readLong();
    return new ForgetRequest(
        partition, offset, node, timed ? OptionalLong.of(timestamp) : OptionalLong.empty());
  }

  static void writeOrigin(Origin origin, DataOutputView out) throws IOException {
    writeText(origin.topic(), out);
    out.writeInt(origin.partition());
    out.writeLong(origin.offset());
    out.writeLong(origin.timestamp());
  }

  static Origin readOrigin(DataInputView in) throws IOException {
    return new Origin(readText(in), in.readInt(), in.readLong(), in.readLong());
  }

  /** Writes a text as its UTF-8 and the number of bytes before it. */
  static void writeText(String text, DataOutputView out) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  /** Reads what {@link #writeText} wrote. */
  static String readText(DataInputView in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  static byte[] readBytes(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
