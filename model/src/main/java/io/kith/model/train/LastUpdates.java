package io.kith.model.train;

import io.kith.model.HeapRecord;
import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import io.kith.model.TimeEncoding;
import io.kith.model.UpdateTrace;
import io.kith.model.Weights;
import io.kith.model.evaluate.HeapReplay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Beside each record, the {@link UpdateRow}s of its self representation and of its slots, and the
 * gradients that a batch leaves on them. Not safe for concurrent use.
 */
final class LastUpdates implements UpdateTrace, HeapReplay.Companion {
  /** Of one node. */
  static final class Node {
    final float[] self;
    final float[] hop1;
    final float[] hop2;

    /** Gradient by the self representation, and by each slot's z: it is the same for all slots. */
    final float[] bySelf;

    final float[] byNeighbour;
    boolean touched;

    Node(ModelSizes sizes, UpdateRow selfRow, UpdateRow row) {
      self = new float[selfRow.length()];
      hop1 = new float[sizes.hop1() * row.length()];
      hop2 = new float[sizes.hop2() * row.length()];
      bySelf = new float[sizes.self()];
      byNeighbour = new float[sizes.neighbour()];
    }
  }

  private final ModelSizes sizes;
  private final UpdateRow selfRow;
  private final UpdateRow row;
  private final GruGradient selfGru;
  private final GruGradient neighbourGru;
  private final Node[] nodes;

  /** Hop-1 rows before the batch, for those who copy from them. */
  private final List<float[]> before = new ArrayList<>();

  private final int[] touched;
  private int touchedCount;
  private final float[] state;
  private final float[] z;

  private Node updating;
  private float[] partnerRows;

  LastUpdates(ModelSizes sizes, int nodes, Parameters parameters, TimeGradient time) {
    this.sizes = sizes;
    selfRow = new UpdateRow(sizes.self(), sizes.message(), sizes.time());
    row = new UpdateRow(sizes.neighbour(), sizes.message(), sizes.time());
    selfGru = new GruGradient("self", selfRow, parameters, time);
    neighbourGru = new GruGradient("ngh", row, parameters, time);
    this.nodes = new Node[nodes];
    touched = new int[nodes];
    state = new float[sizes.self()];
    z = new float[sizes.neighbour()];
  }

  Node node(int node) {
    if (nodes[node] == null) {
      nodes[node] = new Node(sizes, selfRow, row);
    }
    return nodes[node];
  }

  // ------------------------------------------------------------ written by updates

  @Override
  public void copy(int node, int copy) {
    if (before.size() == copy) {
      before.add(new float[sizes.hop1() * row.length()]);
    }
    System.arraycopy(node(node).hop1, 0, before.get(copy), 0, before.get(copy).length);
  }

  @Override
  public void updating(int node, int partner) {
    updating = node(node);
    partnerRows = before.get(partner);
  }

  @Override
  public void self(float[] message, boolean known, long difference, float[] stateBefore) {
    write(selfRow, updating.self, 0, message, known, difference, stateBefore);
  }

  @Override
  public void hop1(int slot, float[] message, boolean known, long difference, float[] zBefore) {
    write(row, updating.hop1, slot * row.length(), message, known, difference, zBefore);
  }

  @Override
  public void hop2(int slot, int partnerSlot) {
    int length = row.length();
    System.arraycopy(partnerRows, partnerSlot * length, updating.hop2, slot * length, row.inputs());
  }

  private static void write(
      UpdateRow row,
      float[] rows,
      int at,
      float[] message,
      boolean known,
      long difference,
      float[] stateBefore) {
    System.arraycopy(stateBefore, 0, rows, at, row.state());
    System.arraycopy(message, 0, rows, at + row.messageAt(), row.message());
    rows[at + row.ageAt()] = known ? TimeEncoding.log(difference) : 0f;
    rows[at + row.ageAt() + 1] = known ? 1f : 0f;
  }

  // ------------------------------------------------------------ forward and backward

  /** Takes the weights for the next batch. */
  void start(Weights weights) {
    selfGru.start(weights);
    neighbourGru.start(weights);
    touchedCount = 0;
  }

  /**
   * The batch will read this node's record: each of its states is computed anew, from what its last
   * update was made of, with the weights as they stand.
   */
  void touch(int node, HeapRecord record) {
    Node updates = node(node);
    if (updates.touched) {
      return;
    }
    updates.touched = true;
    touched[touchedCount++] = node;
    Arrays.fill(updates.bySelf, 0f);
    Arrays.fill(updates.byNeighbour, 0f);
    if (record.interactions() > 0) {
      selfGru.forward(updates.self, 0, state);
      record.writeSelf(state, 0);
    }
    for (int i = 0; i < sizes.hop1(); i++) {
      if (record.hop1Key(i) != NodeKey.EMPTY) {
        neighbourGru.forward(updates.hop1, i * row.length(), z);
        record.writeHop1(i, z, 0);
      }
    }
    for (int i = 0; i < sizes.hop2(); i++) {
      if (record.hop2Key(i) != NodeKey.EMPTY) {
        neighbourGru.forward(updates.hop2, i * row.length(), z);
        record.writeHop2(i, z, 0);
      }
    }
  }

  /** Gradients go from the touched records into the GRUs. */
  void backward(HeapReplay records) {
    for (int n = 0; n < touchedCount; n++) {
      Node updates = nodes[touched[n]];
      HeapRecord record = records.record(touched[n]);
      updates.touched = false;
      if (record.interactions() > 0) {
        selfGru.backward(updates.self, 0, updates.bySelf);
      }
      for (int i = 0; i < sizes.hop1(); i++) {
        if (record.hop1Key(i) != NodeKey.EMPTY) {
          neighbourGru.backward(updates.hop1, i * row.length(), updates.byNeighbour);
        }
      }
      for (int i = 0; i < sizes.hop2(); i++) {
        if (record.hop2Key(i) != NodeKey.EMPTY) {
          neighbourGru.backward(updates.hop2, i * row.length(), updates.byNeighbour);
        }
      }
    }
    selfGru.finish();
    neighbourGru.finish();
  }
}
