package io.kith.operators;

import io.kith.model.Candidates.Origin;
import io.kith.model.Recommendation.Item;
import io.kith.model.Recommendation.Reason;
import io.kith.model.Recommendation.SharedByCode;
import io.kith.model.Recommendation.SharedNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The formats of what crosses from task to task to list next partners. */
final class WhoNextFormats {
  private WhoNextFormats() {}

  static void write(Shortlist shortlist, DataOutputView out) throws IOException {
    out.writeLong(shortlist.window());
    WireTypes.writeText(shortlist.node(), out);
    out.writeLong(shortlist.nodeKey());
    WireTypes.writeBytes(shortlist.nodeRecord(), out);
    out.writeInt(shortlist.candidates().size());
    for (Shortlist.Candidate candidate : shortlist.candidates()) {
      out.writeLong(candidate.key());
      out.writeByte(code(candidate.origin()));
    }
  }

  static Shortlist readShortlist(DataInputView in) throws IOException {
    long window = in.readLong();
    String node = WireTypes.readText(in);
    long nodeKey = in.readLong();
    byte[] record = WireTypes.readBytes(in);
    int size = in.readInt();
    List<Shortlist.Candidate> candidates = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      candidates.add(new Shortlist.Candidate(in.readLong(), origin(in.readByte())));
    }
    return new Shortlist(window, node, nodeKey, record, candidates);
  }

  static void write(PopularNodes popular, DataOutputView out) throws IOException {
    out.writeLong(popular.period());
    out.writeLong(popular.receiver());
    out.writeInt(popular.sender());
    out.writeInt(popular.nodes().size());
    for (PopularNodes.Ranked node : popular.nodes()) {
      out.writeLong(node.key());
      out.writeDouble(node.rank());
    }
  }

  static PopularNodes readPopularNodes(DataInputView in) throws IOException {
    long period = in.readLong();
    long receiver = in.readLong();
    int sender = in.readInt();
    int size = in.readInt();
    List<PopularNodes.Ranked> nodes = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      nodes.add(new PopularNodes.Ranked(in.readLong(), in.readDouble()));
    }
    return new PopularNodes(period, receiver, sender, nodes);
  }

  private static int code(Origin origin) {
    return switch (origin) {
      case AGAIN -> 0;
      case FRIENDS_OF_FRIENDS -> 1;
      case POPULAR -> 2;
    };
  }

  private static Origin origin(int code) throws IOException {
    return switch (code) {
      case 0 -> Origin.AGAIN;
      case 1 -> Origin.FRIENDS_OF_FRIENDS;
      case 2 -> Origin.POPULAR;
      default -> throw new IOException("no such origin: code=" + code);
    };
  }

  /** {@link ScoredCandidates}. */
  static final class Scored implements WireFormat<ScoredCandidates> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(ScoredCandidates value, DataOutputView out) throws IOException {
      out.writeLong(value.window());
      WireTypes.writeText(value.node(), out);
      out.writeLong(value.nodeKey());
      out.writeBoolean(value.forgotten());
      out.writeInt(value.items().size());
      for (Item item : value.items()) {
        writeItem(item, out);
      }
    }

    @Override
    public ScoredCandidates read(DataInputView in) throws IOException {
      long window = in.readLong();
      String node = WireTypes.readText(in);
      long nodeKey = in.readLong();
      boolean forgotten = in.readBoolean();
      int size = in.readInt();
      List<Item> items = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        items.add(readItem(in));
      }
      return new ScoredCandidates(window, node, nodeKey, forgotten, items);
    }

    private static void writeItem(Item item, DataOutputView out) throws IOException {
      WireTypes.writeText(item.target(), out);
      WireTypes.writeText(item.targetKey(), out);
      out.writeFloat(item.score());
      out.writeByte(code(item.origin()));
      Reason reason = item.reason();
      out.writeBoolean(reason.lastMet() != null);
      out.writeLong(reason.lastMet() == null ? 0 : reason.lastMet());
      out.writeInt(reason.meetings());
      out.writeInt(reason.shared().size());
      for (SharedByCode shared : reason.shared()) {
        out.writeInt(shared.code());
        out.writeInt(shared.nodes());
      }
      out.writeInt(reason.strongest().size());
      for (SharedNode node : reason.strongest()) {
        WireTypes.writeText(node.key(), out);
        out.writeInt(node.code());
        out.writeLong(node.timestamp());
      }
    }

    private static Item readItem(DataInputView in) throws IOException {
      String target = WireTypes.readText(in);
      String targetKey = WireTypes.readText(in);
      float score = in.readFloat();
      Origin origin = origin(in.readByte());
      boolean met = in.readBoolean();
      long lastMet = in.readLong();
      int meetings = in.readInt();
      List<SharedByCode> shared = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        shared.add(new SharedByCode(in.readInt(), in.readInt()));
      }
      List<SharedNode> strongest = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        strongest.add(new SharedNode(WireTypes.readText(in), in.readInt(), in.readLong()));
      }
      Reason reason = new Reason(met ? lastMet : null, meetings, shared, strongest);
      return new Item(target, targetKey, score, origin, reason);
    }
  }
}
