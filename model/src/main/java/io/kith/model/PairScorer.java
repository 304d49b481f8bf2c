package io.kith.model;

import java.util.Arrays;

/**
 * How likely u does something with v at time t, from their two records alone: MODEL.md, "Score of a
 * pair". Reads records, never writes them. Not safe for concurrent use; make one a thread.
 */
public final class PairScorer {
  private final PairQuery query;
  private final ScoreHead head;
  private final int columns;
  private final int hidden;

  /** Of the targets taken since {@link #source} or {@link #scores}. */
  private float[][] q = {};

  private float[][] units = {};
  private float[] scores = {};
  private int taken;

  public PairScorer(Weights weights) {
    query = new PairQuery(weights);
    head = new ScoreHead(weights, query);
    columns = weights.sizes().query();
    hidden = Kernels.padded(weights.sizes().hidden());
  }

  /**
   * The score of source key u and target key v.
   *
   * @param t event time, ms
   * @return a probability in [0, 1]
   */
  public float score(long u, NodeRecord ofU, long v, NodeRecord ofV, long t) {
    source(u, ofU, t);
    return score(v, ofV);
  }

  /**
   * Takes source key u at time t for the scores to come, which then cost less; its record must stay
   * as it is until the last of them.
   *
   * @param t event time, ms
   */
  public void source(long u, NodeRecord ofU, long t) {
    query.source(u, ofU, t);
    head.source(query);
    taken = 0;
  }

  /** The score of the source and target key v, a probability in [0, 1]. */
  public float score(long v, NodeRecord ofV) {
    int at = taken;
    add(v, ofV);
    return scores()[at];
  }

  /** Takes target key v to be scored with others, which costs less than one by one. */
  public void add(long v, NodeRecord ofV) {
    if (taken == q.length) {
      grow();
    }
    query.fill(v, ofV, q[taken]);
    taken++;
  }

  private void grow() {
    int room = 2 * taken + 2;
    q = Arrays.copyOf(q, room);
    units = Arrays.copyOf(units, room);
    for (int n = taken; n < room; n++) {
      q[n] = new float[columns];
      units[n] = new float[hidden];
    }
    scores = new float[room];
  }

  /**
   * Scores the targets taken: probabilities in [0, 1] in the order of {@link #add}, the same as one
   * by one to the bit. They stand until the next score.
   */
  public float[] scores() {
    head.forward(q, taken, units, scores);
    for (int n = 0; n < taken; n++) {
      scores[n] = Activations.sigmoid(scores[n]);
    }
    taken = 0;
    return scores;
  }

  /** Direct partners of both nodes of the pair last taken that either N-cache still holds. */
  public int sharedNeighbours() {
    return query.joint().sharedNeighbours();
  }

  /** Whether the pair last taken has met, as far as the two N-caches remember. */
  public boolean met() {
    return query.history().met();
  }

  /** When that pair last met, ms; means nothing unless {@link #met}. */
  public long lastMet() {
    return query.history().time();
  }
}
