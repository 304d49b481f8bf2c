package io.kith.model;

/**
 * The untrained rule that every figure stands beside: a pair that has met counts by its newest
 * time, and ranks above every pair that has not; the others count by the newest time of the target,
 * in whichever role. Scores only mean something beside each other. Any thread.
 */
public final class RecencyRule {
  /** The score of a target that was never seen. */
  public static final double NOTHING_KNOWN = -0x1p53;

  /** Beyond any time in ms, and small enough for a sum with one to be exact in a double. */
  private static final double NEVER_MET = 0x1p52;

  private RecencyRule() {}

  /**
   * How likely the rule finds a pair; larger is more likely.
   *
   * @param met whether source and target have met, in either direction
   * @param lastMet when they last did, ms; means nothing unless {@code met}
   * @param known whether the target was seen before
   * @param tau time of the target's last interaction, ms; means nothing unless {@code known}
   */
  public static double score(boolean met, long lastMet, boolean known, long tau) {
    if (met) {
      return lastMet;
    }
    return known ? tau - NEVER_MET : NOTHING_KNOWN;
  }
}
