package io.kith.model;

import java.util.stream.IntStream;

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

  /** Logarithms to be taken, and where in q each belongs. */
  private final LogBatch logs;

  private final int[] logAt;

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
    logOfCount = new float[most + 1];
    for (int n = 0; n < logOfCount.length; n++) {
      logOfCount[n] = (float) StrictMath.log1p(n);
    }
    logs = new LogBatch(sizes.query());
    logAt = new int[sizes.query()];
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
    u.freshen(t, freshScale);
    joint.source(u);
    for (int k = 0; k < sizes.neighbour(); k++) {
      ofSource[repAt + k] = 0f;
    }
    u.addRepresentations(ofSource, repAt);
    record.readSelf(ofSource, selfOfUAt);
    logs.clear();
    int age = addAge(u.interactions > 0, u.tau);
    addLog(u.interactions, countsAt + 1);
    addActivity(u, record, activityAt);
    takeLogs(age + 1, ofSource);
    fillAge(u.interactions > 0, age, ofSource, SOURCE);
  }

  /** q, float[Q], of the source alone: targets change none of {@link #columnsOfSource}. */
  float[] ofSource() {
    return ofSource;
  }

  /** Fills {@code q}, float[Q], for the source and a target. */
  public void fill(long node, NodeRecord record, float[] q) {
    v.read(node, record);
    v.freshen(t, freshScale);
    System.arraycopy(ofSource, 0, q, 0, ofSource.length);
    joint.target(v);
    history.read(u, sourceRecord, v, record);
    logs.clear();
    int age = addAge(v.interactions > 0, v.tau);
    int pairAge = addAge(history.met(), history.time());
    addStructure(q);
    addLog(history.count(), countsAt);
    addLog(v.interactions, countsAt + 2);
    addActivity(v, record, activityAt + 2 * sizes.activityScales().size());
    addPairActivity();
    takeLogs(pairAge + 1, q);
    fillAge(v.interactions > 0, age, q, TARGET);
    fillAge(history.met(), pairAge, q, PAIR);
    v.addRepresentations(q, repAt);
    record.readSelf(q, selfOfVAt);
    q[rankAt] = history.rankOfV();
    q[rankAt + 1] = history.rankOfU();
    q[rankAt + 2] = history.direction();
  }

  private void addStructure(float[] q) {
    for (long left = joint.codes(); left != 0; left &= left - 1) {
      int code = Long.numberOfTrailingZeros(left);
      q[code] = logOfCount[joint.nodes(code)];
      addLog(joint.freshness(code), CODES + code);
    }
  }

  /** Both roles of a node, decayed to now; zeros for one never seen, for its record is. */
  private void addActivity(NodeSide side, NodeRecord record, int at) {
    int scales = sizes.activityScales().size();
    for (int a = 0; a < scales; a++) {
      boolean known = side.interactions > 0;
      float decay = known ? TimeEncoding.decay(sizes.activityScales().get(a), t, side.tau) : 0f;
      for (int role = 0; role < 2; role++) {
        addLog(record.activity(role, a) * decay, at + role * scales + a);
      }
    }
  }

  private void addPairActivity() {
    for (int r = 0; r < sizes.pairScales().size(); r++) {
      boolean met = history.met();
      float decay = met ? TimeEncoding.decay(sizes.pairScales().get(r), t, history.time()) : 0f;
      addLog(met ? history.pair(r) * decay : 0f, pairActivityAt + r);
    }
  }

  private void addLog(double x, int at) {
    logAt[logs.add(x)] = at;
  }

  /** Ages come first among the logarithms, for more than one place needs them. */
  private int addAge(boolean known, long last) {
    return logs.add(known ? TimeEncoding.seconds(t - last) : 0);
  }

  /** Computes all logarithms, and writes those from {@code first} on. */
  private void takeLogs(int first, float[] q) {
    logs.compute();
    for (int i = first; i < logs.size(); i++) {
      q[logAt[i]] = logs.log(i);
    }
  }

  /** The places of one of the three time differences: its phi, its logarithm, whether it is. */
  private void fillAge(boolean known, int age, float[] q, int which) {
    int phi = phiAt + which * sizes.time();
    if (known) {
      time.encode(logs.log(age), q, phi);
      q[agesAt + which] = logs.tenthOfLog(age);
      q[agesAt + 3 + which] = 1f;
    } else {
      time.encodeNone(q, phi);
      q[agesAt + which] = 0f;
      q[agesAt + 3 + which] = 0f;
    }
  }

  /** The columns of q that are the same for all targets of a source. */
  int[] columnsOfSource() {
    return columns(true);
  }

  /** All other columns of q. */
  int[] columnsOfPair() {
    return columns(false);
  }

  private int[] columns(boolean ofSourceAlone) {
    return IntStream.range(0, sizes.query()).filter(c -> isOfSource(c) == ofSourceAlone).toArray();
  }

  private boolean isOfSource(int c) {
    return isIn(c, selfOfUAt, sizes.self())
        || isIn(c, phiAt, sizes.time())
        || c == countsAt + 1
        || c == agesAt + SOURCE
        || c == agesAt + 3 + SOURCE
        || isIn(c, activityAt, 2 * sizes.activityScales().size());
  }

  private static boolean isIn(int c, int first, int length) {
    return c >= first && c < first + length;
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
