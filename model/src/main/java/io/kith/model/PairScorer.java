package io.kith.model;

/**
 * How likely u does something with v at time t, from their two records alone: MODEL.md, "Score of a
 * pair". Reads records, never writes them. Not safe for concurrent use; make one a thread.
 */
public final class PairScorer {
  private final PairQuery query;
  private final MatrixProduct w1;
  private final float[] b1;
  private final float[] w2;
  private final float b2;
  private final float[] q;
  private final float[] hidden;

  public PairScorer(Weights weights) {
    query = new PairQuery(weights);
    w1 = new MatrixProduct(weights.matrix("out.W1"));
    b1 = weights.vector("out.b1");
    w2 = weights.vector("out.w2");
    b2 = weights.vector("out.b2")[0];
    q = new float[weights.sizes().query()];
    hidden = new float[Kernels.padded(weights.sizes().hidden())];
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
  }

  /**
   * The score of the source and target key v.
   *
   * @return a probability in [0, 1]
   */
  public float score(long v, NodeRecord ofV) {
    query.fill(v, ofV, q);
    System.arraycopy(b1, 0, hidden, 0, b1.length);
    w1.addTo(hidden, q, 0);
    float logit = b2;
    for (int k = 0; k < w2.length; k++) {
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
