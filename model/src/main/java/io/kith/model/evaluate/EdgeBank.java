package io.kith.model.evaluate;

/**
 * Predicts what happened before, for ever: EdgeBank with unlimited memory (Poursafaei et al.,
 * "Towards Better Evaluation for Dynamic Link Prediction", NeurIPS 2022). A pair is ordered. Not
 * safe for concurrent use.
 */
public final class EdgeBank implements LinkPredictor {
  private final Timeline timeline;
  private final PairTimes seen = new PairTimes();

  public EdgeBank(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public double score(int source, int target, long t) {
    return seen.contains(source, target) ? 1 : 0;
  }

  @Override
  public void observe(int from, int to) {
    for (int i = from; i < to; i++) {
      seen.put(timeline.source(i), timeline.target(i), timeline.time(i));
    }
  }
}
