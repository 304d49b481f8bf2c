package io.kith.model.evaluate;

/**
 * The chronological parts of a timeline, 70 / 15 / 15 by the quantiles of its times: training is
 * {@code [0, train)}, validation {@code [train, validation)}, test {@code [validation, size)}.
 * Interactions of one time never fall into two parts.
 */
public record Split(int train, int validation) {

  /** The split of Xu et al. (TGAT, ICLR 2020), which the literature keeps. */
  public static Split of(Timeline timeline) {
    return new Split(upTo(timeline, 0.70), upTo(timeline, 0.85));
  }

  /** How many interactions are not later than the quantile, interpolated between neighbours. */
  private static int upTo(Timeline timeline, double quantile) {
    if (timeline.size() == 0) {
      return 0;
    }
    double place = quantile * (timeline.size() - 1);
    int below = (int) place;
    int above = Math.min(below + 1, timeline.size() - 1);
    double part = place - below;
    double time = timeline.time(below) + part * (timeline.time(above) - timeline.time(below));
    int end = above;
    while (end < timeline.size() && timeline.time(end) <= time) {
      end++;
    }
    return end;
  }
}
