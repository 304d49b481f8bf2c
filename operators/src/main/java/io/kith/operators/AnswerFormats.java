package io.kith.operators;

import io.kith.model.Recommendation.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The formats of what crosses from task to task to answer requests. */
final class AnswerFormats {
  private AnswerFormats() {}

  static void write(Question question, DataOutputView out) throws IOException {
    out.writeInt(question.request().partition());
    out.writeLong(question.request().offset());
    Wire.writeText(question.request().correlationId(), out);
    out.writeInt(question.part());
    out.writeInt(question.parts());
    Wire.writeText(question.node(), out);
    out.writeBoolean(question.pair());
    if (question.pair()) {
      Wire.writeText(question.target(), out);
    }
    out.writeInt(question.k());
    out.writeInt(question.excluded().size());
    for (String excluded : question.excluded()) {
      Wire.writeText(excluded, out);
    }
  }

  static Question readQuestion(DataInputView in) throws IOException {
    RequestName request = new RequestName(in.readInt(), in.readLong(), Wire.readText(in));
    int part = in.readInt();
    int parts = in.readInt();
    String node = Wire.readText(in);
    String target = in.readBoolean() ? Wire.readText(in) : null;
    int k = in.readInt();
    List<String> excluded = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      excluded.add(Wire.readText(in));
    }
    return new Question(request, part, parts, node, target, k, excluded);
  }

  static void write(Inquiry inquiry, DataOutputView out) throws IOException {
    write(inquiry.question(), out);
    out.writeLong(inquiry.open());
    out.writeLong(inquiry.time());
    out.writeInt(inquiry.parts());
    out.writeLong(inquiry.receiver());
    out.writeBoolean(inquiry.known());
    Wire.writeBytes(inquiry.nodeRecord(), out);
    WhoNextFormats.writeCandidates(inquiry.candidates(), out);
  }

  static Inquiry readInquiry(DataInputView in) throws IOException {
    return new Inquiry(
        readQuestion(in),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readBoolean(),
        Wire.readBytes(in),
        WhoNextFormats.readCandidates(in));
  }

  /** {@link AnswerPart}. */
  static final class Parts implements WireFormat<AnswerPart> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(AnswerPart part, DataOutputView out) throws IOException {
      AnswerFormats.write(part.question(), out);
      out.writeLong(part.time());
      out.writeInt(part.parts());
      out.writeBoolean(part.known());
      out.writeBoolean(part.targetKnown());
      out.writeInt(part.items().size());
      for (Item item : part.items()) {
        WhoNextFormats.writeItem(item, out);
      }
    }

    @Override
    public AnswerPart read(DataInputView in) throws IOException {
      Question question = readQuestion(in);
      long time = in.readLong();
      int parts = in.readInt();
      boolean known = in.readBoolean();
      boolean targetKnown = in.readBoolean();
      List<Item> items = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        items.add(WhoNextFormats.readItem(in));
      }
      return new AnswerPart(question, time, parts, known, targetKnown, items);
    }
  }
}
