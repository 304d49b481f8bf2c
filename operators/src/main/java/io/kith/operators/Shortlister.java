package io.kith.operators;

import io.kith.model.Candidates;
import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import io.kith.model.PopularTargets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The Reader's part in listing next partners: which nodes of a window want a list, and, once the
 * window is applied, their candidates on the way to the subtasks that own them. It also says which
 * of its nodes are popular, once a period. Only reads the nodes. Not safe for concurrent use.
 */
final class Shortlister {
  /** No window of its nodes has been sent yet. */
  private static final long NONE = Long.MIN_VALUE;

  private final WhoNextSettings settings;
  private final Windows windows;
  private final ModelSizes sizes;
  private final KeyGroups keyGroups;
  private final int here;
  private final SharedNodes shared;
  private final StoredRecord record;
  private final Candidates candidates;
  private final int popularKept;

  /** Nodes that want a list after the last window sent, and that window. */
  private final List<Wanted> wanted = new ArrayList<>();

  private long lastWindow = NONE;
  private boolean popularUnsaid;
  private long skipped;

  /** A node that wants a list. */
  private record Wanted(String id, long key) {}

  /** Takes what is to be sent. */
  interface Carrier {
    void send(int subtask, ForUpdater message);
  }

  Shortlister(JobSettings settings, ModelSizes sizes, int here, SharedNodes shared) {
    this.settings = settings.whoNext();
    this.windows = settings.windows();
    this.sizes = sizes;
    this.keyGroups = settings.keyGroups();
    this.here = here;
    this.shared = shared;
    this.record = new StoredRecord(StoredRecord.layout(sizes));
    this.candidates = this.settings.candidates(sizes);
    this.popularKept = this.settings.popularKept(sizes);
  }

  /** Sees the half-interactions of a window before they are sent, records as they were before. */
  void sending(long window, List<Half> halves) {
    if (!settings.on()) {
      return;
    }
    lastWindow = window;
    popularUnsaid = popularKept > 0;
    Map<Long, String> nodes = new TreeMap<>();
    for (Half half : halves) {
      if (!half.asked() && (half.fromSource() || settings.bothSides())) {
        nodes.putIfAbsent(half.owner(), half.ownerId());
      }
    }
    Map<Integer, List<Wanted>> groups = new TreeMap<>();
    nodes.forEach(
        (key, id) -> {
          if (shares(key) && due(key, window)) {
            groups
                .computeIfAbsent(keyGroups.of(key), g -> new ArrayList<>())
                .add(new Wanted(id, key));
          }
        });
    for (List<Wanted> group : groups.values()) {
      if (group.size() > settings.most()) {
        group.sort(
            Comparator.comparingLong((Wanted w) -> NodeKey.mix(w.key() ^ NodeKey.mix(window))));
        skipped += group.size() - settings.most();
      }
      wanted.addAll(group.subList(0, Math.min(group.size(), settings.most())));
    }
  }

  private boolean shares(long key) {
    return (NodeKey.mix(~key) >>> 11) * 0x1p-53 < settings.share(); // uniform in [0, 1)
  }

  /** Whether the node has taken part in nothing since the span began in which the window lies. */
  private boolean due(long key, long window) {
    if (settings.everyMs() == 0 || !shared.nodes().read(key, record)) {
      return true;
    }
    return Math.floorDiv(record.tau(), settings.everyMs())
        < Math.floorDiv(windows.start(window + 1) - 1, settings.everyMs());
  }

  /** Whether anything has to be sent before all windows before {@code open} may be closed. */
  boolean owesBefore(long open) {
    return open > lastWindow + 1 && owes(open);
  }

  /** Whether {@link #send} would send anything. */
  boolean owes(long open) {
    return lastWindow != NONE && (!wanted.isEmpty() || owesPopularBefore(open));
  }

  private boolean owesPopularBefore(long open) {
    return popularUnsaid
        && open != Long.MAX_VALUE // the end of the input is not the end of time
        && period(open - 1) > period(lastWindow);
  }

  private long period(long window) {
    return WhoNextSettings.period(window, windows, sizes);
  }

  /** The last window sent: what is owed may be sent once it is applied. */
  long lastWindow() {
    return lastWindow;
  }

  /**
   * Sends what is owed before all windows before {@code open} are closed. The last window sent is
   * applied, and no later one.
   */
  void send(long open, Carrier carrier) {
    for (Wanted node : wanted) {
      send(node, carrier);
    }
    wanted.clear();
    if (owesPopularBefore(open)) {
      sendPopular(carrier);
    }
  }

  private void send(Wanted node, Carrier carrier) {
    if (!shared.nodes().read(node.key(), record)) {
      return; // forgotten since
    }
    long[] popular = shared.popular().ofAll();
    candidates.find(node.key(), record, popular, popular.length);
    Map<Integer, List<Shortlist.Candidate>> bySubtask = new TreeMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      bySubtask
          .computeIfAbsent(keyGroups.subtaskOf(candidates.key(i)), s -> new ArrayList<>())
          .add(new Shortlist.Candidate(candidates.key(i), candidates.origin(i)));
    }
    bySubtask.forEach(
        (subtask, theirs) ->
            carrier.send(
                subtask,
                new Shortlist(
                    lastWindow, node.id(), node.key(), subtask == here ? null : copy(), theirs)));
  }

  private byte[] copy() {
    byte[] bytes = new byte[record.layout().length()];
    record.copyTo(bytes, 0);
    return bytes;
  }

  private void sendPopular(Carrier carrier) {
    PopularTargets popular = shared.popular().ofOwned();
    List<PopularNodes.Ranked> nodes = new ArrayList<>();
    for (int i = 0; i < popular.size(); i++) {
      nodes.add(new PopularNodes.Ranked(popular.key(i), popular.rank(i)));
    }
    for (int subtask = 0; subtask < keyGroups.parallelism(); subtask++) {
      carrier.send(
          subtask, new PopularNodes(period(lastWindow) + 1, keyGroups.keyOf(subtask), here, nodes));
    }
    popularUnsaid = false;
  }

  /**
   * Goes on from a checkpoint, where all before {@code open} was closed: who is popular is said
   * again when the period ends, for whether it has been said is not kept.
   */
  void resume(long open) {
    if (settings.on() && open != Windows.NONE_CLOSED) {
      lastWindow = open - 1;
      popularUnsaid = popularKept > 0;
    }
  }

  /** Lists not made because a window had too many. */
  long skipped() {
    return skipped;
  }

  /** Nodes that want a list. */
  int waiting() {
    return wanted.size();
  }

  /** The nodes that want a list, by key group, as {@link #write} wants them. */
  Map<Integer, List<String>> byKeyGroup() {
    Map<Integer, List<String>> groups = new HashMap<>();
    for (Wanted node : wanted) {
      groups.computeIfAbsent(keyGroups.of(node.key()), g -> new ArrayList<>()).add(node.id());
    }
    return groups;
  }

  /** Writes those of one key group. */
  void write(List<String> nodes, DataOutputView out) throws IOException {
    out.writeInt(nodes.size());
    if (!nodes.isEmpty()) {
      out.writeLong(lastWindow);
      for (String node : nodes) {
        Wire.writeText(node, out);
      }
    }
  }

  /** Takes over those of one key group. */
  void read(DataInputView in) throws IOException {
    int left = in.readInt();
    if (left > 0) {
      lastWindow = in.readLong(); // the same in all key groups
    }
    for (; left > 0; left--) {
      String id = Wire.readText(in);
      wanted.add(new Wanted(id, NodeKey.of(id)));
    }
  }
}
