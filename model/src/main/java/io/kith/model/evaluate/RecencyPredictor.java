package io.kith.model.evaluate;

import io.kith.model.RecencyRule;
import java.util.Arrays;

/**
 * {@link RecencyRule} with a memory of all pairs, so that it is not weakened by what an N-cache
 * forgets. Not safe for concurrent use.
 */
public final class RecencyPredictor implements LinkPredictor {
  private static final long NEVER = Long.MIN_VALUE;

  private final Timeline timeline;
  private final PairTimes met = new PairTimes();
  private final long[] tau;

  public RecencyPredictor(Timeline timeline) {
    this.timeline = timeline;
    tau = new long[timeline.nodes()];
    Arrays.fill(tau, NEVER);
  }

  @Override
  public double score(int source, int target, long t) {
    long last = Math.max(met.newest(source, target, NEVER), met.newest(target, source, NEVER));
    return RecencyRule.score(last != NEVER, last, tau[target] != NEVER, tau[target]);
  }

  @Override
  public void observe(int from, int to) {
    for (int i = from; i < to; i++) {
      met.put(timeline.source(i), timeline.target(i), timeline.time(i));
      tau[timeline.source(i)] = Math.max(tau[timeline.source(i)], timeline.time(i));
      tau[timeline.target(i)] = Math.max(tau[timeline.target(i)], timeline.time(i));
    }
  }
}
