package io.kith.operators;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Half-interactions that wait for their window to close, and how they are kept in a checkpoint: by
 * key group of the owner, each with a version, a count, and the halves. Not safe for concurrent
 * use.
 */
final class HeldHalves {
  /** 3: what is to be forgotten follows, see {@link HeldForgets}, then {@link Shortlister}. */
  private static final int VERSION = 3;

  private final TreeMap<Long, List<Half>> byWindow = new TreeMap<>();
  private int size;

  /** An empty list, for the next window. */
  private List<Half> spare = new ArrayList<>();

  /** The window of the half added last, and what it holds: most go into the same. */
  private long lastWindow;

  private List<Half> last;

  void add(Half half) {
    if (last == null || half.window() != lastWindow) {
      lastWindow = half.window();
      last = byWindow.get(lastWindow);
      if (last == null) {
        last = spare == null ? new ArrayList<>() : spare;
        spare = null;
        byWindow.put(lastWindow, last);
      }
    }
    last.add(half);
    size++;
  }

  /** Whether any are held for a window before {@code open}. */
  boolean anyBefore(long open) {
    return !byWindow.isEmpty() && byWindow.firstKey() < open;
  }

  /** The first window that has any. */
  long firstWindow() {
    return byWindow.firstKey();
  }

  /** Gives up those of the first window; the list is to be {@linkplain #done given back}. */
  List<Half> takeFirst() {
    List<Half> halves = byWindow.pollFirstEntry().getValue();
    last = null;
    size -= halves.size();
    return halves;
  }

  void done(List<Half> halves) {
    halves.clear();
    spare = halves;
  }

  int size() {
    return size;
  }

  /** All of them by key group of the owner. */
  Map<Integer, List<Half>> byKeyGroup(KeyGroups keyGroups) {
    Map<Integer, List<Half>> groups = new HashMap<>();
    for (List<Half> halves : byWindow.values()) {
      for (Half half : halves) {
        groups.computeIfAbsent(keyGroups.of(half.owner()), g -> new ArrayList<>()).add(half);
      }
    }
    return groups;
  }

  /** Writes the halves of one key group. */
  static void write(List<Half> halves, DataOutputView out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(halves.size());
    for (Half half : halves) {
      Wire.writeHalf(half, out);
    }
  }

  /**
   * Takes over the halves of one key group.
   *
   * @throws IllegalStateException if they were written by another version
   */
  void read(DataInputView in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IllegalStateException(
          "held interactions of another version: version=" + version + ", expected=" + VERSION);
    }
    for (int left = in.readInt(); left > 0; left--) {
      add(Wire.readHalf(in));
    }
  }
}
