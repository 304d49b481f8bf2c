package io.kith.operators;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Nodes that are to be forgotten once all windows before a certain one are applied: the last that
 * any Gate has said, known when all have spoken. At a barrier they all have or none has, since a
 * request is either before it on all of its ways or on none.
 *
 * <p>A checkpoint keeps all of them with each key group, so that a Reader knows them whichever
 * groups it is given; what it reads twice counts once. Not safe for concurrent use.
 */
final class HeldForgets {
  private final int gates;
  private final Map<ForgetRequest, Said> undecided = new HashMap<>();
  private final TreeMap<Long, TreeSet<String>> byWindow = new TreeMap<>();

  /** What Gates have said of a request. */
  private record Said(int gates, long lastWindow) {
    Said and(Said other) {
      return new Said(gates + other.gates, Math.max(lastWindow, other.lastWindow));
    }
  }

  /**
   * @param gates that will speak of each request
   */
  HeldForgets(int gates) {
    this.gates = gates;
  }

  /** Takes what one Gate says; the last to speak decides. */
  void add(Forget forget) {
    Said said = undecided.merge(forget.request(), new Said(1, forget.window()), Said::and);
    if (said.gates() == gates) {
      undecided.remove(forget.request());
      add(said.lastWindow(), forget.request().node());
    }
  }

  private void add(long window, String node) {
    byWindow.computeIfAbsent(window, w -> new TreeSet<>()).add(node);
  }

  boolean isEmpty() {
    return byWindow.isEmpty();
  }

  /** Whether any are to be forgotten before a window {@code open}, or before one before it. */
  boolean anyThrough(long open) {
    return !byWindow.isEmpty() && byWindow.firstKey() <= open;
  }

  /** The first window that is not to know some of them. */
  long firstWindow() {
    return byWindow.firstKey();
  }

  /** Gives up those of the first window, sorted. */
  List<String> takeFirst() {
    return List.copyOf(byWindow.pollFirstEntry().getValue());
  }

  int size() {
    return byWindow.values().stream().mapToInt(TreeSet::size).sum();
  }

  /** Writes all of them; {@link HeldHalves} writes the version before. */
  void write(DataOutputView out) throws IOException {
    out.writeInt(size());
    for (Map.Entry<Long, TreeSet<String>> window : byWindow.entrySet()) {
      for (String node : window.getValue()) {
        out.writeLong(window.getKey());
        Wire.writeText(node, out);
      }
    }
  }

  /** Refuses to be kept while some Gates have spoken of a request and others have not. */
  void checkDecided() {
    if (!undecided.isEmpty()) {
      throw new IllegalStateException(
          "requests undecided at a barrier: gates=%d, requests=%s"
              .formatted(gates, undecided.keySet()));
    }
  }

  /** Takes over what was written with one key group. */
  void read(DataInputView in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      add(in.readLong(), Wire.readText(in));
    }
  }
}
