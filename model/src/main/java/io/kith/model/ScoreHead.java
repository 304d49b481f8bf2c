package io.kith.model;

/**
 * From queries to logits: MODEL.md, "Score of a pair", step 4. A query is multiplied in two parts:
 * what it has of the source alone is added up once for all targets. Not safe for concurrent use.
 */
public final class ScoreHead {
  private static final int LANES = 4;

  private final MatrixProduct ofSource;
  private final MatrixProduct ofPair;
  private final float[] b1;
  private final float[] w2;
  private final float b2;

  /** float[H, padded]: b1 and what the source gives. */
  private final float[] start;

  private final float[] products;

  /**
   * @param query what fills the queries
   */
  public ScoreHead(Weights weights, PairQuery query) {
    Matrix w1 = weights.matrix("out.W1");
    ofSource = new MatrixProduct(w1, query.columnsOfSource());
    ofPair = new MatrixProduct(w1, query.columnsOfPair());
    b1 = weights.vector("out.b1");
    w2 = weights.vector("out.w2");
    b2 = weights.vector("out.b2")[0];
    start = new float[Kernels.padded(b1.length)];
    products = new float[w2.length];
  }

  /** Takes the source of the queries to come, which {@code query} has taken. */
  public void source(PairQuery query) {
    System.arraycopy(b1, 0, start, 0, b1.length);
    ofSource.addTo(start, query.ofSource(), 0);
  }

  /**
   * The logits of the first {@code count} queries. Each is the same to the bit whatever the others
   * are.
   *
   * @param q float[..][Q]
   * @param units float[..][H, {@linkplain Kernels#padded padded}], takes {@code W1 q + b1}
   * @param logits float[..]
   */
  public void forward(float[][] q, int count, float[][] units, float[] logits) {
    for (int n = 0; n < count; n++) {
      System.arraycopy(start, 0, units[n], 0, start.length);
    }
    ofPair.addToEach(units, q, count);
    for (int n = 0; n < count; n++) {
      logits[n] = logit(units[n]);
    }
  }

  /**
   * Products first, for these a compiler makes many of at a time; then four sums at once, for each
   * has to wait for its own last addition.
   */
  private float logit(float[] units) {
    for (int k = 0; k < products.length; k++) {
      products[k] = w2[k] * Math.max(units[k], 0f);
    }
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    int k = 0;
    for (; k + LANES <= products.length; k += LANES) {
      s0 += products[k];
      s1 += products[k + 1];
      s2 += products[k + 2];
      s3 += products[k + 3];
    }
    for (; k < products.length; k++) {
      s0 += products[k];
    }
    return b2 + (s0 + s1 + (s2 + s3));
  }
}
