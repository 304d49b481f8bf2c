package io.kith.operators;

import io.kith.model.ModelSizes;
import io.kith.model.NodeRecord;
import io.kith.state.RecordFlyweight;
import io.kith.state.RecordLayout;

/** The store's record as the model sees it: the one place where the two meet. */
public final class StoredRecord extends RecordFlyweight implements NodeRecord {
  StoredRecord(RecordLayout layout) {
    super(layout);
  }

  /** A record of a node never seen, in memory of its own. */
  static StoredRecord blank(RecordLayout layout) {
    return new StoredRecord(layout);
  }

  /** The layout for a model's sizes. */
  public static RecordLayout layout(ModelSizes sizes) {
    return new RecordLayout(
        sizes.self(),
        sizes.neighbour(),
        sizes.hop1(),
        sizes.hop2(),
        sizes.activityScales().size(),
        sizes.pairScales().size());
  }
}
