package io.kith.model.evaluate;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Mean reciprocal rank as the TGB benchmark takes it on tgbl-wiki-v2 (Huang et al., NeurIPS 2023):
 * each interaction is ranked among all targets of the stream but those that its source has at that
 * same time. Not safe for concurrent use.
 */
public final class AllTargetsRanking {
  private final Timeline timeline;
  private final Batching batching;
  private final int[] targets;
  private final boolean[] leftOut;

  public AllTargetsRanking(Timeline timeline, Batching batching) {
    this.timeline = timeline;
    this.batching = batching;
    targets = timeline.targets(0, timeline.size());
    leftOut = new boolean[timeline.nodes()];
  }

  /**
   * Runs the predictors over the stream up to {@code to}.
   *
   * @param counted which of the interactions from {@code from} on are ranked; ranking all takes as
   *     many scores as there are targets for each
   * @return for each predictor, the mean over those
   */
  public double[] evaluate(List<LinkPredictor> predictors, int from, int to, IntPredicate counted) {
    double[] sums = new double[predictors.size()];
    int ranked = 0;
    int end;
    for (int start = 0; start < to; start = end) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("ranking was interrupted: interactions=" + start);
      }
      end = batching.end(timeline, start, start < from ? from : to);
      for (int i = Math.max(start, from); i < end; i++) {
        if (counted.test(i)) {
          ranked++;
          rank(predictors, i, sums);
        }
      }
      for (LinkPredictor predictor : predictors) {
        predictor.observe(start, end);
      }
    }
    for (int p = 0; p < sums.length; p++) {
      sums[p] /= ranked;
    }
    return sums;
  }

  private void rank(List<LinkPredictor> predictors, int i, double[] sums) {
    leaveOut(i, true);
    for (int p = 0; p < sums.length; p++) {
      sums[p] += reciprocalRank(predictors.get(p), i);
    }
    leaveOut(i, false);
  }

  /** Marks the targets that the source of the i-th interaction has at the same time. */
  private void leaveOut(int i, boolean mark) {
    int first = i;
    while (first > 0 && timeline.time(first - 1) == timeline.time(i)) {
      first--;
    }
    for (int j = first; j < timeline.size() && timeline.time(j) == timeline.time(i); j++) {
      if (timeline.source(j) == timeline.source(i)) {
        leftOut[timeline.target(j)] = mark;
      }
    }
    leftOut[timeline.source(i)] = mark;
  }

  private double reciprocalRank(LinkPredictor predictor, int i) {
    int source = timeline.source(i);
    long t = timeline.time(i);
    double score = predictor.score(source, timeline.target(i), t);
    int greater = 0;
    int notLess = 0;
    for (int target : targets) {
      if (!leftOut[target]) {
        double other = predictor.score(source, target, t);
        greater += other > score ? 1 : 0;
        notLess += other >= score ? 1 : 0;
      }
    }
    return 1 / FigureCounter.rank(greater, notLess);
  }
}
