package io.kith.operators;

import io.kith.model.Candidates;
import io.kith.model.Candidates.Origin;
import io.kith.model.ModelSizes;
import java.io.Serializable;
import java.util.Set;

/**
 * For whom next partners are listed, how often, and from which candidates.
 *
 * @param k length of a list; 0 for no lists at all
 * @param everyMs a node's list is made anew at most once in each such span of event time; 0 in each
 *     window
 * @param share of the nodes that have lists, 0 to 1; chosen by hash
 * @param bothSides whether nodes that took part as target have lists too
 * @param origins where candidates come from
 * @param discovery whether nodes already met are left out
 * @param popular how many of the most active targets are candidates of everyone
 * @param most lists made in a window for nodes of one key group; the others are skipped
 */
record WhoNextSettings(
    int k,
    long everyMs,
    double share,
    boolean bothSides,
    Set<Origin> origins,
    boolean discovery,
    int popular,
    int most)
    implements Serializable {
  /** Periods in which the popular nodes stay the same, in one decay of their activity. */
  private static final int PERIODS = 64;

  WhoNextSettings {
    origins = Set.copyOf(origins);
  }

  /** Whether there are any lists. */
  boolean on() {
    return k > 0;
  }

  Candidates candidates(ModelSizes sizes) {
    return new Candidates(sizes, popular, origins, discovery);
  }

  /** How many popular nodes are to be known; 0 where nobody wants them or the model knows none. */
  int popularKept(ModelSizes sizes) {
    boolean known = on() && !sizes.activityScales().isEmpty();
    return known && origins.contains(Origin.POPULAR) ? popular : 0;
  }

  /**
   * The period in which a window lies. All through a period the popular nodes are those from before
   * it.
   */
  static long period(long window, Windows windows, ModelSizes sizes) {
    long length = Math.max(1, sizes.activityScales().get(0) / PERIODS);
    return Math.floorDiv(windows.start(window), length);
  }
}
