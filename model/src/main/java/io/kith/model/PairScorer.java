package io.kith.model;

import java.util.Arrays;

/**
 * How likely u does something with v at time t, from their two records alone: MODEL.md, "Score of a
 * pair". Reads records, never writes them. Not safe for concurrent use; make one a thread.
 */
public final class PairScorer {
  /** Targets whose queries wait for the head: as many as stay in the first-level cache. */
  private static final int WAITING = 8;

  private final PairQuery query;
  private final ScoreHead head;
  private final float[][] q;
  private final float[][] units;
  private final float[] logits = new float[WAITING];
  private int waiting;

  /** Of the targets taken since {@link #source} or {@link #scores} that wait no more. */
  private float[] scores = new float[WAITING];

  private int scored;

  public PairScorer(Weights weights) {
    query = new PairQuery(weights);
    head = new ScoreHead(weights, query);
    q = new float[WAITING][weights.sizes().query()];
    units = new float[WAITING][Kernels.padded(weights.sizes().hidden())];
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
    waiting = 0;
    scored = 0;
  }

  /** The score of the source and target key v, a probability in [0, 1]. */
  public float score(long v, NodeRecord ofV) {
    int at = scored + waiting;
    add(v, ofV);
    return scores()[at];
  }

  /** Takes target key v to be scored with others, which costs less than one by one. */
  public void add(long v, NodeRecord ofV) {
    if (waiting == WAITING) {
      scoreWaiting();
    }
    query.fill(v, ofV, q[waiting]);
    waiting++;
  }

  private void scoreWaiting() {
    if (scored + waiting > scores.length) {
      scores = Arrays.copyOf(scores, 2 * scores.length);
    }
    head.forward(q, waiting, units, logits);
    for (int n = 0; n < waiting; n++) {
      scores[scored + n] = Activations.sigmoid(logits[n]);
    }
    scored += waiting;
    waiting = 0;
  }

  /**
   * Scores the targets taken: probabilities in [0, 1] in the order of {@link #add}, the same as one
   * by one to the bit. They stand until the next target is taken.
   */
  public float[] scores() {
    scoreWaiting();
    scored = 0;
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
