package io.kith.model;

import java.util.Arrays;

/**
 * The scorer's input of MODEL.md, "Score of a pair":
 *
 * <pre>
 *   q = [ln(1+hist) (64) ; ln(1+fresh) (64) ; rep (F) ; s_u (D) ; s_v (D) ; pair (3T+12+4A+R)]
 * </pre>
 *
 * Not safe for concurrent use.
 */
public final class PairQuery {
  private final ModelSizes sizes;
  private final TimeEncoding time;
  private final double freshScale;
  private final JointNeighbourhood joint;
  private final PairHistory history;
  private final float[] logOfCount;
  private final int[] hist = new int[ModelSizes.CODES];
  private final double[] fresh = new double[ModelSizes.CODES];
  private final float[] z;

  public PairQuery(Weights weights) {
    sizes = weights.sizes();
    time = weights.time();
    freshScale = StrictMath.exp(weights.vector("fresh.log_tau")[0]);
    joint = new JointNeighbourhood(sizes);
    history = new PairHistory(sizes);
    z = new float[sizes.neighbour()];
    logOfCount = new float[2 * (1 + sizes.hop1() + sizes.hop2()) + 1];
    for (int n = 0; n < logOfCount.length; n++) {
      logOfCount[n] = (float) StrictMath.log1p(n);
    }
  }

  /** Fills {@code q}, float[Q], for source u and target v at time t (ms). */
  public void fill(long u, NodeRecord ofU, long v, NodeRecord ofV, long t, float[] q) {
    joint.join(u, ofU, v, ofV);
    history.read(u, ofU, v, ofV);
    fillStructure(t, q);
    int at = 2 * ModelSizes.CODES;
    Arrays.fill(q, at, at + sizes.neighbour(), 0f);
    addRepresentations(ofU, q, at);
    addRepresentations(ofV, q, at);
    at += sizes.neighbour();
    ofU.readSelf(q, at);
    at += sizes.self();
    ofV.readSelf(q, at);
    at += sizes.self();
    fillPair(ofU, ofV, t, q, at);
  }

  private void fillStructure(long t, float[] q) {
    Arrays.fill(hist, 0);
    Arrays.fill(fresh, 0.0);
    for (int e = 0; e < joint.size(); e++) {
      hist[joint.code(e)]++;
      if (joint.timed(e)) {
        fresh[joint.code(e)] += 1 / (1 + Math.max(t - joint.newest(e), 0) / freshScale);
      }
    }
    for (int c = 0; c < ModelSizes.CODES; c++) {
      q[c] = logOfCount[hist[c]];
      q[ModelSizes.CODES + c] = fresh[c] == 0 ? 0f : (float) StrictMath.log1p(fresh[c]);
    }
  }

  private void addRepresentations(NodeRecord record, float[] q, int at) {
    for (int i = 0; i < sizes.hop1(); i++) {
      if (record.hop1Key(i) != NodeKey.EMPTY) {
        record.readHop1(i, z, 0);
        addRepresentation(q, at);
      }
    }
    for (int i = 0; i < sizes.hop2(); i++) {
      if (record.hop2Key(i) != NodeKey.EMPTY) {
        record.readHop2(i, z, 0);
        addRepresentation(q, at);
      }
    }
  }

  private void addRepresentation(float[] q, int at) {
    for (int k = 0; k < z.length; k++) {
      q[at + k] += z[k];
    }
  }

  private void fillPair(NodeRecord ofU, NodeRecord ofV, long t, float[] q, int from) {
    int at = from;
    fillAge(ofU.interactions() > 0, t - ofU.tau(), q, at, 0);
    fillAge(ofV.interactions() > 0, t - ofV.tau(), q, at, 1);
    fillAge(history.met(), t - history.time(), q, at, 2);
    at += 3 * sizes.time();
    q[at++] = (float) StrictMath.log1p(history.count());
    q[at++] = (float) StrictMath.log1p(ofU.interactions());
    q[at++] = (float) StrictMath.log1p(ofV.interactions());
    at += 6; // ages and whether there are any: filled above
    q[at++] = history.rankOfV();
    q[at++] = history.rankOfU();
    q[at++] = history.direction();
    at = fillActivity(ofU, t, q, at);
    at = fillActivity(ofV, t, q, at);
    for (int r = 0; r < sizes.pairScales().size(); r++) {
      q[at++] =
          history.met()
              ? logOfDecayed(history.pair(r), sizes.pairScales().get(r), t, history.time())
              : 0f;
    }
  }

  /** The three places of the n-th time difference: its phi, its logarithm, and whether it is. */
  private void fillAge(boolean known, long difference, float[] q, int pair, int n) {
    int phi = pair + n * sizes.time();
    int log = pair + 3 * sizes.time() + 3 + n;
    if (known) {
      time.encode(difference, q, phi);
      q[log] = (float) (TimeEncoding.log(difference) / 10);
      q[log + 3] = 1f;
    } else {
      time.encodeNone(q, phi);
      q[log] = 0f;
      q[log + 3] = 0f;
    }
  }

  private int fillActivity(NodeRecord record, long t, float[] q, int from) {
    int at = from;
    for (int role = 0; role < 2; role++) {
      for (int a = 0; a < sizes.activityScales().size(); a++) {
        q[at++] =
            record.interactions() > 0
                ? logOfDecayed(
                    record.activity(role, a), sizes.activityScales().get(a), t, record.tau())
                : 0f;
      }
    }
    return at;
  }

  private static float logOfDecayed(float kept, long scale, long t, long last) {
    return (float) StrictMath.log1p(kept * TimeEncoding.decay(scale, t, last));
  }

  /** The joint neighbourhood of the last {@link #fill}. */
  public JointNeighbourhood joint() {
    return joint;
  }

  /** The history of the last {@link #fill}'s pair. */
  PairHistory history() {
    return history;
  }
}
