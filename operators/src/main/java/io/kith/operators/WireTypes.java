package io.kith.operators;

import io.kith.model.Interaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The formats of all that crosses from task to task, so that nothing falls back to Kryo. */
final class WireTypes {
  static final TypeInformation<Arrival> ARRIVAL = new WireType<>(Arrival.class, new Arrivals());
  static final TypeInformation<RawArrival> RAW =
      new WireType<>(RawArrival.class, new RawArrivals());
  static final TypeInformation<ForGate> FOR_GATE = new WireType<>(ForGate.class, new ForGates());
  static final TypeInformation<ForReader> FOR_READER =
      new WireType<>(ForReader.class, new ForReaders());
  static final TypeInformation<ForUpdater> FOR_UPDATER =
      new WireType<>(ForUpdater.class, new ForUpdaters());
  static final TypeInformation<ForRecommender> FOR_RECOMMENDER =
      new WireType<>(ForRecommender.class, new WhoNextFormats.ForRecommenders());
  static final TypeInformation<AnswerPart> ANSWER_PART =
      new WireType<>(AnswerPart.class, new AnswerFormats.Parts());
  static final TypeInformation<OutputRecord> OUTPUT =
      new WireType<>(OutputRecord.class, new Outputs());
  static final TypeInformation<DeadLetter> DEAD_LETTER =
      new WireType<>(DeadLetter.class, new DeadLetters());

  private WireTypes() {}

  private static final class Arrivals implements WireFormat<Arrival> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(Arrival value, DataOutputView out) throws IOException {
      writeOrigin(value.origin(), out);
      out.writeBoolean(value.refusal() != null);
      if (value.refusal() == null) {
        writeInteraction(value.interaction(), out);
        out.writeBoolean(value.asked());
      } else {
        writeText(value.refusal().kind().name(), out);
        writeText(value.refusal().reason(), out);
        writeBytes(value.key(), out);
        writeBytes(value.value(), out);
      }
    }

    @Override
    public Arrival read(DataInputView in) throws IOException {
      Origin origin = readOrigin(in);
      if (!in.readBoolean()) {
        Interaction interaction = readInteraction(in);
        return in.readBoolean()
            ? Arrival.question(origin, interaction)
            : Arrival.of(origin, interaction);
      }
      Refusal.Kind kind = Refusal.Kind.valueOf(readText(in));
      return Arrival.refused(origin, new Refusal(kind, readText(in)), readBytes(in), readBytes(in));
    }
  }

  private static final class RawArrivals implements WireFormat<RawArrival> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(RawArrival value, DataOutputView out) throws IOException {
      writeOrigin(value.origin(), out);
      writeBytes(value.key(), out);
      writeBytes(value.value(), out);
    }

    @Override
    public RawArrival read(DataInputView in) throws IOException {
      return new RawArrival(readOrigin(in), readBytes(in), readBytes(in));
    }
  }

  private static final class ForGates implements WireFormat<ForGate> {
    private static final long serialVersionUID = 1L;
    private static final byte STAMPED = 0;
    private static final byte FORGET = 1;
    private static final byte QUESTION = 2;

    @Override
    public void write(ForGate value, DataOutputView out) throws IOException {
      if (value instanceof Stamped stamped) {
        out.writeByte(STAMPED);
        out.writeInt(value.partition());
        writeInteraction(stamped.interaction(), out);
        out.writeBoolean(stamped.asked());
      } else if (value instanceof ForgetRequest request) {
        out.writeByte(FORGET);
        out.writeInt(value.partition());
        writeRequest(request, out);
      } else if (value instanceof Question question) {
        out.writeByte(QUESTION);
        AnswerFormats.write(question, out);
      }
    }

    @Override
    public ForGate read(DataInputView in) throws IOException {
      byte kind = in.readByte();
      return switch (kind) {
        case STAMPED -> new Stamped(in.readInt(), readInteraction(in), in.readBoolean());
        case FORGET -> readRequest(in.readInt(), in);
        case QUESTION -> AnswerFormats.readQuestion(in);
        default -> throw new IOException("no such kind: kind=" + kind);
      };
    }
  }

  private static final class ForReaders implements WireFormat<ForReader> {
    private static final long serialVersionUID = 1L;
    private static final byte HALF = 0;
    private static final byte FORGET = 1;
    private static final byte QUESTION = 2;

    @Override
    public void write(ForReader value, DataOutputView out) throws IOException {
      if (value instanceof Half half) {
        out.writeByte(HALF);
        writeHalf(half, out);
      } else if (value instanceof Question question) {
        out.writeByte(QUESTION);
        AnswerFormats.write(question, out);
      } else if (value instanceof Forget forget) {
        out.writeByte(FORGET);
        out.writeLong(forget.window());
        out.writeLong(forget.owner());
        out.writeInt(forget.request().partition());
        writeRequest(forget.request(), out);
      }
    }

    @Override
    public ForReader read(DataInputView in) throws IOException {
      byte kind = in.readByte();
      return switch (kind) {
        case HALF -> readHalf(in);
        case FORGET -> new Forget(in.readLong(), in.readLong(), readRequest(in.readInt(), in));
        case QUESTION -> AnswerFormats.readQuestion(in);
        default -> throw new IOException("no such kind: kind=" + kind);
      };
    }
  }

  private static final class ForUpdaters implements WireFormat<ForUpdater> {
    private static final long serialVersionUID = 1L;
    private static final byte EXCHANGE = 0;
    private static final byte FORGETS = 1;
    private static final byte SHORTLIST = 2;
    private static final byte POPULAR = 3;
    private static final byte INQUIRY = 4;

    @Override
    public void write(ForUpdater value, DataOutputView out) throws IOException {
      if (value instanceof Exchange exchange) {
        out.writeByte(EXCHANGE);
        writeHalf(exchange.half(), out);
        writeBytes(exchange.ownerRecord(), out);
      } else if (value instanceof Forgets forgets) {
        out.writeByte(FORGETS);
        writeForgets(forgets, out);
      } else if (value instanceof Shortlist shortlist) {
        out.writeByte(SHORTLIST);
        WhoNextFormats.write(shortlist, out);
      } else if (value instanceof PopularNodes nodes) {
        out.writeByte(POPULAR);
        WhoNextFormats.write(nodes, out);
      } else if (value instanceof Inquiry inquiry) {
        out.writeByte(INQUIRY);
        AnswerFormats.write(inquiry, out);
      }
    }

    @Override
    public ForUpdater read(DataInputView in) throws IOException {
      byte kind = in.readByte();
      return switch (kind) {
        case EXCHANGE -> new Exchange(readHalf(in), readBytes(in));
        case FORGETS -> readForgets(in);
        case SHORTLIST -> WhoNextFormats.readShortlist(in);
        case POPULAR -> WhoNextFormats.readPopularNodes(in);
        case INQUIRY -> AnswerFormats.readInquiry(in);
        default -> throw new IOException("no such kind: kind=" + kind);
      };
    }
  }

  private static final class Outputs implements WireFormat<OutputRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(OutputRecord value, DataOutputView out) throws IOException {
      writeOutput(value, out);
    }

    @Override
    public OutputRecord read(DataInputView in) throws IOException {
      return readOutput(in);
    }
  }

  private static final class DeadLetters implements WireFormat<DeadLetter> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(DeadLetter value, DataOutputView out) throws IOException {
      writeOrigin(value.origin(), out);
      writeBytes(value.key(), out);
      writeBytes(value.value(), out);
      writeText(value.reason(), out);
      writeText(value.stage(), out);
    }

    @Override
    public DeadLetter read(DataInputView in) throws IOException {
      return new DeadLetter(
          readOrigin(in), readBytes(in), readBytes(in), readText(in), readText(in));
    }
  }

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

  private static void writeInteraction(Interaction i, DataOutputView out) throws IOException {
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

  private static Interaction readInteraction(DataInputView in) throws IOException {
    String source = readText(in);
    String target = readText(in);
    long sourceKey = in.readLong();
    long targetKey = in.readLong();
    long timestamp = in.readLong();
    float[] features = new float[in.readInt()];
    for (int n = 0; n < features.length; n++) {
      features[n] = in.readFloat();
    }
    return new Interaction(source, sourceKey, target, targetKey, timestamp, features);
  }

  private static void writeRequest(ForgetRequest request, DataOutputView out) throws IOException {
    out.writeLong(request.offset());
    writeText(request.node(), out);
    out.writeBoolean(request.timestamp().isPresent());
    out.writeLong(request.timestamp().orElse(0));
  }

  private static ForgetRequest readRequest(int partition, DataInputView in) throws IOException {
    long offset = in.readLong();
    String node = readText(in);
    boolean timed = in.readBoolean();
    long timestamp = in.readLong();
    return new ForgetRequest(
        partition, offset, node, timed ? OptionalLong.of(timestamp) : OptionalLong.empty());
  }

  private static void writeOrigin(Origin origin, DataOutputView out) throws IOException {
    writeText(origin.topic(), out);
    out.writeInt(origin.partition());
    out.writeLong(origin.offset());
    out.writeLong(origin.timestamp());
  }

  private static Origin readOrigin(DataInputView in) throws IOException {
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
