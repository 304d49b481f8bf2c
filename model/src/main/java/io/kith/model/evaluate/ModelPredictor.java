package io.kith.model.evaluate;

import io.kith.model.PairScorer;
import io.kith.model.RecordUpdater;
import io.kith.model.Weights;

/** The model, with its records on the heap. Not safe for concurrent use. */
public final class ModelPredictor implements LinkPredictor {
  private final Timeline timeline;
  private final HeapReplay replay;
  private final PairScorer scorer;
  private final RecordUpdater updater;

  public ModelPredictor(Timeline timeline, Weights weights) {
    this.timeline = timeline;
    replay = new HeapReplay(timeline, weights.sizes());
    scorer = new PairScorer(weights);
    updater = new RecordUpdater(weights);
  }

  @Override
  public double score(int source, int target, long t) {
    return scorer.score(
        timeline.key(source),
        replay.record(source),
        timeline.key(target),
        replay.record(target),
        t);
  }

  @Override
  public void observe(int from, int to) {
    replay.apply(updater, from, to);
  }
}
