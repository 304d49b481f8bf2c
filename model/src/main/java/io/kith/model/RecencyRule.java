package io.kith.model;

/**
 * The rule that every model must beat: the newest time of the pair, else of the target. A pair that
 * has met comes before one that has not; among equals the later time wins. Any thread.
 */
public final class RecencyRule {
  /** Greater than any event time in ms, small enough to leave ms exact in float64. */
  private static final double MET = 0x1p51;

  /** Less than any event time. */
  private static final double NEVER = -1;

  private RecencyRule() {}

  /**
   * A value that orders pairs; it means nothing by itself.
   *
   * @param scored the scorer that has just scored the pair
   * @param ofTarget the target's record
   */
  public static double score(PairScorer scored, NodeRecord ofTarget) {
    if (scored.met()) {
      return MET + scored.lastMet();
    }
    return ofTarget.interactions() > 0 ? ofTarget.tau() : NEVER;
  }
}
