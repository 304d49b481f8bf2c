package io.kith.model.train;

import io.kith.model.ModelSizes;
import io.kith.model.Weights;
import io.kith.model.evaluate.HeapReplay;
import io.kith.model.evaluate.Timeline;
import io.kith.model.train.RankingLoss.Kind;

/**
 * The loss of a batch and its gradient by every parameter. Records are read as they were before the
 * batch, their states computed anew from what their last updates were made of. Not safe for
 * concurrent use.
 */
final class BatchGradient {
  private final Timeline timeline;
  private final HeapReplay records;
  private final LastUpdates updates;
  private final ScorerGradient scorer;
  private final RankingLoss loss = new RankingLoss(OtherTargets.MOST);
  private final float[] byLogit = new float[OtherTargets.MOST];
  private final LastUpdates.Node[] nodes = new LastUpdates.Node[OtherTargets.MOST];

  BatchGradient(Timeline timeline, ModelSizes sizes, Parameters parameters) {
    this.timeline = timeline;
    TimeGradient time = new TimeGradient(parameters);
    updates = new LastUpdates(sizes, timeline.nodes(), parameters, time);
    records = new HeapReplay(timeline, sizes, updates);
    scorer = new ScorerGradient(sizes, OtherTargets.MOST, parameters, time);
  }

  HeapReplay records() {
    return records;
  }

  LastUpdates updates() {
    return updates;
  }

  /** Begins a batch with these weights, which are the parameters as they stand. */
  void start(Weights weights) {
    updates.start(weights);
    scorer.start(weights);
  }

  /** The loss of the i-th interaction beside other targets; its gradient, times {@code scale}. */
  double add(int i, int[] targets, Kind[] kinds, int count, double scale) {
    int source = timeline.source(i);
    updates.touch(source, records.record(source));
    scorer.source(timeline.key(source), records.record(source), timeline.time(i));
    for (int k = 0; k < count; k++) {
      updates.touch(targets[k], records.record(targets[k]));
      nodes[k] = updates.node(targets[k]);
      scorer.target(k, timeline.key(targets[k]), records.record(targets[k]));
    }
    double sum = loss.add(scorer.forward(count), kinds, count, scale, byLogit);
    scorer.backward(count, byLogit, updates.node(source), nodes);
    return sum;
  }

  /** Ends a batch: its gradients are then complete. */
  void finish() {
    scorer.finish();
    updates.backward(records);
  }
}
