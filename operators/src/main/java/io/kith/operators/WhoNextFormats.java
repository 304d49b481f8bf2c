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
  private static final int NAMED = 3;

  private WhoNextFormats() {}

  static void write(Shortlist shortlist, DataOutputView out) throws IOException {
    out.writeLong(shortlist.window());
    Wire.writeText(shortlist.node(), out);
    out.writeLong(shortlist.nodeKey());
    Wire.writeBytes(shortlist.nodeRecord(), out);
    writeCandidates(shortlist.candidates(), out);
  }

  static void writeCandidates(List<Shortlist.Candidate> candidates, DataOutputView out)
      throws IOException {
    out.writeInt(candidates.size());
    for (Shortlist.Candidate candidate : candidates) {
      out.writeLong(candidate.key());
      out.writeByte(code(candidate.origin()));
    }
  }

  static List<Shortlist.Candidate> readCandidates(DataInputView in) throws IOException {
    int size = in.readInt();
    List<Shortlist.Candidate> candidates = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      candidates.add(new Shortlist.Candidate(in.readLong(), origin(in.readByte())));
    }
    return candidates;
  }

  static Shortlist readShortlist(DataInputView in) throws IOException {
    long window = in.readLong();
    String node = Wire.readText(in);
    long nodeKey = in.readLong();
    return new Shortlist(window, node, nodeKey, Wire.readBytes(in), readCandidates(in));
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

  /** Without an origin is who was named by whoever asked. */
  private static int code(Origin origin) {
    if (origin == null) {
      return NAMED;
    }
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
      case NAMED -> null;
      default -> throw new IOException("no such origin: code=" + code);
    };
  }

  /** {@link ForRecommender}. */
  static final class ForRecommenders implements WireFormat<ForRecommender> {
    private static final long serialVersionUID = 1L;
    private static final byte SCORED = 0;
    private static final byte PREDICTED = 1;
    private static final byte FORGETS = 2;

    @Override
    public void write(ForRecommender value, DataOutputView out) throws IOException {
      if (value instanceof ScoredCandidates scored) {
        out.writeByte(SCORED);
        out.writeLong(scored.window());
        Wire.writeText(scored.node(), out);
        out.writeLong(scored.nodeKey());
        out.writeInt(scored.items().size());
        for (Item item : scored.items()) {
          writeItem(item, out);
        }
      } else if (value instanceof Predicted predicted) {
        out.writeByte(PREDICTED);
        out.writeLong(predicted.window());
        out.writeLong(predicted.sourceKey());
        out.writeLong(predicted.targetKey());
        Wire.writeOutput(predicted.record(), out);
      } else if (value instanceof Forgets forgets) {
        out.writeByte(FORGETS);
        Wire.writeForgets(forgets, out);
      }
    }

    @Override
    public ForRecommender read(DataInputView in) throws IOException {
      byte kind = in.readByte();
      return switch (kind) {
        case SCORED -> readScored(in);
        case PREDICTED ->
            new Predicted(in.readLong(), in.readLong(), in.readLong(), Wire.readOutput(in));
        case FORGETS -> Wire.readForgets(in);
        default -> throw new IOException("no such kind: kind=" + kind);
      };
    }

    private static ScoredCandidates readScored(DataInputView in) throws IOException {
      long window = in.readLong();
      String node = Wire.readText(in);
      long nodeKey = in.readLong();
      int size = in.readInt();
      List<Item> items = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        items.add(readItem(in));
      }
      return new ScoredCandidates(window, node, nodeKey, items);
    }
  }

  static void writeItem(Item item, DataOutputView out) throws IOException {
    Wire.writeText(item.target(), out);
    Wire.writeText(item.targetKey(), out);
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
      Wire.writeText(node.key(), out);
      out.writeInt(node.code());
      out.writeLong(node.timestamp());
    }
  }

  static Item readItem(DataInputView in) throws IOException {
    String target = Wire.readText(in);
    String targetKey = Wire.readText(in);
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
      strongest.add(new SharedNode(Wire.readText(in), in.readInt(), in.readLong()));
    }
    Reason reason = new Reason(met ? lastMet : null, meetings, shared, strongest);
    return new Item(target, targetKey, score, origin, reason);
  }
}
