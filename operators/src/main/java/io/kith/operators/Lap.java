package io.kith.operators;

import io.kith.model.Interaction;
import io.kith.model.RecordUpdater;
import io.kith.model.Weights;
import io.kith.state.RecordFlyweight;
import io.kith.state.RecordLayout;
import java.util.List;

/**
 * A window's work for the nodes of one subtask. All that a window makes is computed from the
 * records as they were before it, then all is written: MODEL.md, "Batches". What comes out depends
 * on the interactions of the window and on those records alone. Not safe for concurrent use.
 */
final class Lap {
  private final OwnedNodes nodes;
  private final Predictor predictor;
  private final RecordUpdater updater;
  private final StoredRecord blank;
  private final StoredRecord own;
  private final StoredRecord stored;
  private final StoredRecord sent;
  private final NewRecords after;

  /** Where the results of a window go, in an order that is a function of the window's content. */
  interface Output {
    /**
     * What was said of an interaction before it was learned, or of a pair that was asked for; comes
     * before the records. Valid during the call.
     */
    void predicted(ReusedPrediction prediction);

    /** A node is new; said before its record. */
    default void added(String id, long key) {}

    /** A node's new record; {@code record} is valid during the call. */
    void changed(long window, String id, long key, StoredRecord record);
  }

  /**
   * @param predictions what a prediction says beside its score
   */
  Lap(Weights weights, OwnedNodes nodes, PredictionSettings predictions) {
    RecordLayout layout = StoredRecord.layout(weights.sizes());
    this.nodes = nodes;
    this.predictor = new Predictor(weights, nodes, predictions);
    this.updater = new RecordUpdater(weights);
    this.blank = StoredRecord.blank(layout);
    this.own = new StoredRecord(layout);
    this.stored = new StoredRecord(layout);
    this.sent = new StoredRecord(layout);
    this.after = new NewRecords(layout);
  }

  /** Computes the window and tells what it predicts, then makes room and writes it, then tells. */
  void run(long window, Inbox inbox, Output output) {
    nodes.expire(window);
    List<Half> halves = inbox.inOrder();
    for (int from = 0; from < halves.size(); ) {
      int to = endOfNode(halves, from);
      decide(halves, from, to, inbox, output);
      from = to;
    }
    nodes.makeRoom(after);
    for (int i = 0; i < after.size(); i++) {
      Half half = after.addressed(i);
      if (nodes.write(half.partner(), after.record(i))) {
        output.added(half.partnerId(), half.partner());
      }
    }
    for (int i = 0; i < after.size(); i++) {
      Half half = after.addressed(i);
      output.changed(window, half.partnerId(), half.partner(), after.record(i));
    }
    after.clear();
  }

  private static int endOfNode(List<Half> halves, int from) {
    long node = halves.get(from).partner();
    int to = from + 1;
    while (to < halves.size() && halves.get(to).partner() == node) {
      to++;
    }
    return to;
  }

  /** One node's predictions, and its new record if there is anything to learn. */
  private void decide(List<Half> halves, int from, int to, Inbox inbox, Output output) {
    StoredRecord before = nodes.read(halves.get(from).partner(), own) ? own : blank;
    StoredRecord next = null;
    for (int i = from; i < to; i++) {
      Half half = halves.get(i);
      Interaction interaction = half.interaction();
      StoredRecord ofOwner = ownerOf(half, inbox);
      if (half.fromSource()) {
        output.predicted(predictor.predict(half, ofOwner, before));
      }
      if (half.asked()) {
        continue;
      }
      if (next == null) {
        next = after.next(half, before);
      }
      updater.apply(
          half.partner(),
          next,
          half.owner(),
          ofOwner,
          interaction.timestamp(),
          interaction.features(),
          half.partnerDirection());
      int role = half.fromSource() ? RecordFlyweight.TARGET : RecordFlyweight.SOURCE;
      next.roles(next.roles() | role);
    }
  }

  /** The owner's record as it was before the window. */
  private StoredRecord ownerOf(Half half, Inbox inbox) {
    byte[] bytes = inbox.recordOf(half.owner());
    if (bytes != null) {
      sent.wrap(bytes, 0);
      return sent;
    }
    return nodes.read(half.owner(), stored) ? stored : blank;
  }
}
