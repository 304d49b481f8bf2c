package io.kith.operators;

import io.kith.model.Interaction;
import java.io.IOException;
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
      Wire.writeOrigin(value.origin(), out);
      out.writeBoolean(value.refusal() != null);
      if (value.refusal() == null) {
        Wire.writeInteraction(value.interaction(), out);
        out.writeBoolean(value.asked());
      } else {
        Wire.writeText(value.refusal().kind().name(), out);
        Wire.writeText(value.refusal().reason(), out);
        Wire.writeBytes(value.key(), out);
        Wire.writeBytes(value.value(), out);
      }
    }

    @Override
    public Arrival read(DataInputView in) throws IOException {
      Origin origin = Wire.readOrigin(in);
      if (!in.readBoolean()) {
        Interaction interaction = Wire.readInteraction(in);
        return in.readBoolean()
            ? Arrival.question(origin, interaction)
            : Arrival.of(origin, interaction);
      }
      Refusal.Kind kind = Refusal.Kind.valueOf(Wire.readText(in));
      return Arrival.refused(
          origin, new Refusal(kind, Wire.readText(in)), Wire.readBytes(in), Wire.readBytes(in));
    }
  }

  private static final class RawArrivals implements WireFormat<RawArrival> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(RawArrival value, DataOutputView out) throws IOException {
      Wire.writeOrigin(value.origin(), out);
      Wire.writeBytes(value.key(), out);
      Wire.writeBytes(value.value(), out);
    }

    @Override
    public RawArrival read(DataInputView in) throws IOException {
      return new RawArrival(Wire.readOrigin(in), Wire.readBytes(in), Wire.readBytes(in));
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
        Wire.writeInteraction(stamped.interaction(), out);
        out.writeBoolean(stamped.asked());
      } else if (value instanceof ForgetRequest request) {
        out.writeByte(FORGET);
        out.writeInt(value.partition());
        Wire.writeRequest(request, out);
      } else if (value instanceof Question question) {
        out.writeByte(QUESTION);
        AnswerFormats.write(question, out);
      }
    }

    @Override
    public ForGate read(DataInputView in) throws IOException {
      byte kind = in.readByte();
      return switch (kind) {
        case STAMPED -> new Stamped(in.readInt(), Wire.readInteraction(in), in.readBoolean());
        case FORGET -> Wire.readRequest(in.readInt(), in);
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
        Wire.writeHalf(half, out);
      } else if (value instanceof Question question) {
        out.writeByte(QUESTION);
        AnswerFormats.write(question, out);
      } else if (value instanceof Forget forget) {
        out.writeByte(FORGET);
        out.writeLong(forget.window());
        out.writeLong(forget.owner());
        out.writeInt(forget.request().partition());
        Wire.writeRequest(forget.request(), out);
      }
    }

    @Override
    public ForReader read(DataInputView in) throws IOException {
      byte kind = in.readByte();
      return switch (kind) {
        case HALF -> Wire.readHalf(in);
        case FORGET -> new Forget(in.readLong(), in.readLong(), Wire.readRequest(in.readInt(), in));
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
        Wire.writeHalf(exchange.half(), out);
        Wire.writeBytes(exchange.ownerRecord(), out);
      } else if (value instanceof Forgets forgets) {
        out.writeByte(FORGETS);
        Wire.writeForgets(forgets, out);
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
        case EXCHANGE -> new Exchange(Wire.readHalf(in), Wire.readBytes(in));
        case FORGETS -> Wire.readForgets(in);
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
      Wire.writeOutput(value, out);
    }

    @Override
    public OutputRecord read(DataInputView in) throws IOException {
      return Wire.readOutput(in);
    }
  }

  private static final class DeadLetters implements WireFormat<DeadLetter> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(DeadLetter value, DataOutputView out) throws IOException {
      Wire.writeOrigin(value.origin(), out);
      Wire.writeBytes(value.key(), out);
      Wire.writeBytes(value.value(), out);
      Wire.writeText(value.reason(), out);
      Wire.writeText(value.stage(), out);
    }

    @Override
    public DeadLetter read(DataInputView in) throws IOException {
      return new DeadLetter(
          Wire.readOrigin(in),
          Wire.readBytes(in),
          Wire.readBytes(in),
          Wire.readText(in),
          Wire.readText(in));
    }
  }
}
