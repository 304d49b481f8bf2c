package io.kith.model;

/**
 * The scorer's input of MODEL.md, "Score of a pair":
 *
 * <pre>
 *   q = [ln(1+hist) (64) ; ln(1+fresh) (64) ; rep (F) ; s_u (D) ; s_v (D) ; pair (3T+12+4A+R)]
 * </pre>
 *
 * What depends on u and the time alone is computed once, for all v that follow. Not safe for
 * concurrent use.
 */
public final class PairQuery {
  private static final int CODES = ModelSizes.CODES;
  private static final int SOURCE = 0;
  private static final int TARGET = 1;
  private static final int PAIR = 2;

  private final ModelSizes sizes;
  private final TimeEncoding time;
  private final double freshScale;
  private final NodeSide u;
  private final NodeSide v;
  private final JointNeighbourhood joint;
  private final PairHistory history;
  private final float[] logOfCount;
  private final int[] hist = new int[CODES];
  private final double[] fresh = new double[CODES];
  private final double[] freshWithSource;
  private final double[] freshOf;

  /** Where the parts of q start. */
  private final int repAt;

  private final int selfOfUAt;
  private final int selfOfVAt;
  private final int phiAt;
  private final int countsAt;
  private final int agesAt;
  private final int rankAt;
  private final int activityAt;
  private final int pairActivityAt;

  /** q of the source alone: what it gives to the parts that it shares with v, else zeros. */
  private final float[] ofSource;

  private NodeRecord sourceRecord;
  private long t;

  public PairQuery(Weights weights) {
    sizes = weights.sizes();
    time = weights.time();
    freshScale = StrictMath.exp(weights.vector("fresh.log_tau")[0]);
    u = new NodeSide(sizes);
    v = new NodeSide(sizes);
    joint = new JointNeighbourhood(sizes);
    history = new PairHistory(sizes);
    int most = 2 * (1 + sizes.hop1() + sizes.hop2());
    freshWithSource = new double[most];
    freshOf = new double[most];
    logOfCount = new float[most + 1];
    for (int n = 0; n < logOfCount.length; n++) {
      logOfCount[n] = (float) StrictMath.log1p(n);
    }
    repAt = 2 * CODES;
    selfOfUAt = repAt + sizes.neighbour();
    selfOfVAt = selfOfUAt + sizes.self();
    phiAt = selfOfVAt + sizes.self();
    countsAt = phiAt + 3 * sizes.time();
    agesAt = countsAt + 3;
    rankAt = agesAt + 6;
    activityAt = rankAt + 3;
    pairActivityAt = activityAt + 4 * sizes.activityScales().size();
    ofSource = new float[sizes.query()];
  }

  /**
   * Takes source u at time t for the targets to come; its record must stay as it is until the last.
   */
  public void source(long node, NodeRecord record, long ms) {
    u.read(node, record);
    sourceRecord = record;
    t = ms;
    joint.source(u);
    for (int e = 0; e < joint.size(); e++) {
      freshWithSource[e] = freshness(e);
    }
    for (int k = 0; k < sizes.neighbour(); k++) {
      ofSource[repAt + k] = 0f;
    }
    u.addRepresentations(ofSource, repAt);
    record.readSelf(ofSource, selfOfUAt);
    fillAge(u.interactions > 0, u.tau, ofSource, SOURCE);
    ofSource[countsAt + 1] = RoundedMath.log1p(u.interactions);
    fillActivity(u, record, ofSource, activityAt);
  }

  /** Fills {@code q}, float[Q], for the source and a target. */
  public void fill(long node, NodeRecord record, float[] q) {
    v.read(node, record);
    System.arraycopy(ofSource, 0, q, 0, ofSource.length);
    joint.target(v);
    history.read(u, sourceRecord, v, record);
    fillStructure(q);
    v.addRepresentations(q, repAt);
    record.readSelf(q, selfOfVAt);
    fillAge(v.interactions > 0, v.tau, q, TARGET);
    fillAge(history.met(), history.time(), q, PAIR);
    q[countsAt] = RoundedMath.log1p(history.count());
    q[countsAt + 2] = RoundedMath.log1p(v.interactions);
    q[rankAt] = history.rankOfV();
    q[rankAt + 1] = history.rankOfU();
    q[rankAt + 2] = history.direction();
    fillActivity(v, record, q, activityAt + 2 * sizes.activityScales().size());
    if (history.met()) {
      for (int r = 0; r < sizes.pairScales().size(); r++) {
        float decay = TimeEncoding.decay(sizes.pairScales().get(r), t, history.time());
        q[pairActivityAt + r] = RoundedMath.log1p(history.pair(r) * decay);
      }
    }
  }

  /** In the order of the entries, for so each sum has one order. */
  private void fillStructure(float[] q) {
    long codes = 0;
    for (int e = 0; e < joint.size(); e++) {
      int code = joint.code(e);
      freshOf[e] = joint.asWithSource(e) ? freshWithSource[e] : freshness(e);
      hist[code]++;
      fresh[code] += freshOf[e];
      codes |= 1L << code;
    }
    for (long left = codes; left != 0; left &= left - 1) {
      int code = Long.numberOfTrailingZeros(left);
      q[code] = logOfCount[hist[code]];
      q[CODES + code] = RoundedMath.log1p(fresh[code]);
      hist[code] = 0;
      fresh[code] = 0;
    }
  }

  private double freshness(int entry) {
    return joint.timed(entry) ? 1 / (1 + Math.max(t - joint.newest(entry), 0) / freshScale) : 0;
  }

  /** The places of one of the three time differences: its phi, its logarithm, whether it is. */
  private void fillAge(boolean known, long last, float[] q, int which) {
    int phi = phiAt + which * sizes.time();
    if (known) {
      time.encode(t - last, q, phi);
      q[agesAt + which] = TimeEncoding.tenthOfLog(t - last);
      q[agesAt + 3 + which] = 1f;
    } else {
      time.encodeNone(q, phi);
      q[agesAt + which] = 0f;
      q[agesAt + 3 + which] = 0f;
    }
  }

  private void fillActivity(NodeSide side, NodeRecord record, float[] q, int at) {
    int scales = sizes.activityScales().size();
    for (int a = 0; a < scales; a++) {
      boolean known = side.interactions > 0;
      float decay = known ? TimeEncoding.decay(sizes.activityScales().get(a), t, side.tau) : 0f;
      for (int role = 0; role < 2; role++) {
        q[at + role * scales + a] =
            known ? RoundedMath.log1p(record.activity(role, a) * decay) : 0f;
      }
    }
  }

  /** The joint neighbourhood of the last {@link #fill}. */
  public JointNeighbourhood joint() {
    return joint;
  }

  /** What an entry of {@link #joint} gave to the fresh of its code; 0 for one without a time. */
  public double fresh(int entry) {
    return freshOf[entry];
  }

  /** The history of the last {@link #fill}'s pair. */
  PairHistory history() {
    return history;
  }
}
