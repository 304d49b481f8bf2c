package io.kith.model;

/**
 * How likely u does something with v at time t, from their two records alone: MODEL.md, "Score of a
 * pair". Reads records, never writes them. Not safe for concurrent use; make one a thread.
 */
public final class PairScorer {
  private final PairQuery query;
  private final Matrix w1;
  private final float[] b1;
  private final float[] w2;
  private final float b2;
  private final float[] q;
  private final float[] hidden;

  public PairScorer(Weights weights) {
    query = new PairQuery(weights);
    w1 = weights.matrix("out.W1");
    b1 = weights.vector("out.b1");
    w2 = weights.vector("out.w2");
    b2 = weights.vector("out.b2")[0];
    q = new float[w1.columns];
    hidden = new float[w1.rows];
  }

  /**
   * The score of source key u and target key v.
   *
   * @param t event time, ms
   * @return a probability in [0, 1]
   */
  public float score(long u, NodeRecord ofU, long v, NodeRecord ofV, long t) {
    query.fill(u, ofU, v, ofV, t, q);
    System.arraycopy(b1, 0, hidden, 0, hidden.length);
    w1.addProduct(q, 0, hidden);
    float logit = b2;
    for (int k = 0; k < hidden.length; k++) {
      logit += w2[k] * Math.max(hidden[k], 0f);
    }
    return Activations.sigmoid(logit);
  }

  /** Direct partners of both nodes of the last {@link #score} that either N-cache still holds. */
  public int sharedNeighbours() {
    return query.joint().sharedNeighbours();
  }

  /** Whether the pair of the last {@link #score} has met, as far as the two N-caches remember. */
  public boolean met() {
    return query.history().met();
  }

  /** When that pair last met, ms; means nothing unless {@link #met}. */
  public long lastMet() {
    return query.history().time();
  }
}
