package io.kith.model.evaluate;

import io.kith.model.HeapRecord;
import io.kith.model.Interaction;
import io.kith.model.ModelSizes;
import io.kith.model.RecordUpdater;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a timeline's nodes on the heap, brought forward batch by batch: MODEL.md,
 * "Batches". Memory follows the nodes, not the interactions. Not safe for concurrent use.
 */
public final class HeapReplay {
  /** Keeps something beside each record. Batches copy it as they copy records. */
  public interface Companion {
    /** The state of {@code node} before the batch is wanted as copy number {@code copy}. */
    void copy(int node, int copy);

    /** The next update changes {@code node} and reads copy {@code partner} of its partner. */
    void updating(int node, int partner);
  }

  private static final Companion NONE =
      new Companion() {
        @Override
        public void copy(int node, int copy) {}

        @Override
        public void updating(int node, int partner) {}
      };

  private final Timeline timeline;
  private final ModelSizes sizes;
  private final Companion companion;
  private final HeapRecord fresh;
  private final HeapRecord[] records;

  /** Records before the batch; node to its place there, or -1. */
  private final List<HeapRecord> before = new ArrayList<>();

  private final int[] copyOf;

  public HeapReplay(Timeline timeline, ModelSizes sizes) {
    this(timeline, sizes, NONE);
  }

  public HeapReplay(Timeline timeline, ModelSizes sizes, Companion companion) {
    this.timeline = timeline;
    this.sizes = sizes;
    this.companion = companion;
    fresh = new HeapRecord(sizes);
    records = new HeapRecord[timeline.nodes()];
    copyOf = new int[timeline.nodes()];
    Arrays.fill(copyOf, -1);
  }

  /** The record of a node as it stands, or a fresh one; only to be read. */
  public HeapRecord record(int node) {
    return records[node] == null ? fresh : records[node];
  }

  /** Applies the interactions {@code from} to {@code to} as one batch. */
  public void apply(RecordUpdater updater, int from, int to) {
    int copies = 0;
    for (int i = from; i < to; i++) {
      copies = copy(timeline.source(i), copies);
      copies = copy(timeline.target(i), copies);
    }
    for (int i = from; i < to; i++) {
      update(updater, timeline.source(i), timeline.target(i), timeline.interaction(i), 1);
      update(updater, timeline.target(i), timeline.source(i), timeline.interaction(i), -1);
    }
    for (int i = from; i < to; i++) {
      copyOf[timeline.source(i)] = -1;
      copyOf[timeline.target(i)] = -1;
    }
  }

  private int copy(int node, int copies) {
    if (copyOf[node] >= 0) {
      return copies;
    }
    if (before.size() == copies) {
      before.add(new HeapRecord(sizes));
    }
    if (records[node] == null) {
      records[node] = new HeapRecord(sizes);
    }
    before.get(copies).set(records[node]);
    companion.copy(node, copies);
    copyOf[node] = copies;
    return copies + 1;
  }

  private void update(RecordUpdater updater, int u, int v, Interaction i, int direction) {
    companion.updating(u, copyOf[v]);
    updater.apply(
        timeline.key(u),
        records[u],
        timeline.key(v),
        before.get(copyOf[v]),
        i.timestamp(),
        i.features(),
        direction);
  }
}
