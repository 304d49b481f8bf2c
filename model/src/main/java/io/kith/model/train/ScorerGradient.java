package io.kith.model.train;

import io.kith.model.Axpy;
import io.kith.model.JointNeighbourhood;
import io.kith.model.Kernels;
import io.kith.model.Matrix;
import io.kith.model.MatrixProduct;
import io.kith.model.ModelSizes;
import io.kith.model.NodeRecord;
import io.kith.model.PairQuery;
import io.kith.model.RoundedMath;
import io.kith.model.ScoreHead;
import io.kith.model.Weights;
import java.util.Arrays;

/**
 * The scorer on all targets of one source at once, forward and backward: products of matrices, so
 * that a column of W1 is fetched once for all of them. The forward pass is that of {@link
 * io.kith.model.PairScorer}, in the same order of sums. Not safe for concurrent use.
 */
final class ScorerGradient {
  private static final int CODES = ModelSizes.CODES;

  private final ModelSizes sizes;
  private final TimeGradient time;
  private final int hidden;
  private final int columns;

  private final float[] w1;
  private final float[] w2;
  private final float[] byLogTau;
  private final float[] byW1;
  private final float[] byB1;
  private final float[] byW2;
  private final float[] byB2;

  private PairQuery query;

  private ScoreHead head;

  /** From hidden units to the columns of q that depend on weights. */
  private MatrixProduct backwards;

  /** Gradient by W1, column by column. */
  private final float[][] byColumn;

  private final float[][] q;
  private final float[][] units;
  private final float[] logits;

  /** For each target and code, the derivative of ln(1+fresh) by ln Tau. */
  private final float[][] freshSlope;

  /** Gradient by the columns of q that depend on weights, from {@link #from} to {@link #to}. */
  private final float[] byQuery;

  private final int from;
  private final int to;
  private final float[] cosineAndSine;

  ScorerGradient(ModelSizes sizes, int most, Parameters parameters, TimeGradient time) {
    this.sizes = sizes;
    this.time = time;
    w1 = parameters.value("out.W1");
    w2 = parameters.value("out.w2");
    byLogTau = parameters.gradient("fresh.log_tau");
    byW1 = parameters.gradient("out.W1");
    byB1 = parameters.gradient("out.b1");
    byW2 = parameters.gradient("out.w2");
    byB2 = parameters.gradient("out.b2");
    hidden = sizes.hidden();
    columns = sizes.query();
    byColumn = new float[columns][hidden];
    int room = (most + 3) / 4 * 4; // for products of four at once
    q = new float[room][columns];
    units = new float[room][Kernels.padded(hidden)];
    logits = new float[most];
    freshSlope = new float[most][CODES];
    from = CODES;
    to = 2 * CODES + sizes.neighbour() + 2 * sizes.self() + 3 * sizes.time();
    byQuery = new float[Kernels.padded(to - from)];
    cosineAndSine = new float[2 * sizes.time()];
  }

  /** Takes the weights for the next batch. */
  void start(Weights weights) {
    query = new PairQuery(weights);
    head = new ScoreHead(weights, query);
    backwards = new MatrixProduct(Matrix.ofRows(w1, hidden, columns).transposed(from, to));
    for (float[] column : byColumn) {
      Arrays.fill(column, 0f);
    }
  }

  /** Takes the source of the targets to come. */
  void source(long u, NodeRecord ofU, long t) {
    query.source(u, ofU, t);
    head.source(query);
  }

  /** Prepares target number {@code k}. */
  void target(int k, long v, NodeRecord ofV) {
    query.fill(v, ofV, q[k]);
    float[] slope = freshSlope[k];
    Arrays.fill(slope, 0f);
    JointNeighbourhood joint = query.joint();
    for (int e = 0; e < joint.size(); e++) {
      double fresh = joint.fresh(e);
      slope[joint.code(e)] += (float) (fresh * (1 - fresh));
    }
    for (int c = 0; c < CODES; c++) {
      if (slope[c] != 0f) {
        slope[c] *= RoundedMath.exp(-q[k][CODES + c]);
      }
    }
  }

  /** The logits of the first {@code count} targets; valid until the next call. */
  float[] forward(int count) {
    head.forward(q, count, units, logits);
    return logits;
  }

  /**
   * Adds the gradients of the last forward pass.
   *
   * @param byLogit gradient by each logit
   * @param source where gradients by the source's record go
   * @param targets where gradients by the targets' records go
   */
  void backward(int count, float[] byLogit, LastUpdates.Node source, LastUpdates.Node[] targets) {
    for (int k = 0; k < count; k++) {
      backwardUnits(byLogit[k], units[k]);
      backwardQuery(k, source, targets[k]);
    }
    for (int k = count; k % 4 != 0; k++) {
      Arrays.fill(units[k], 0f);
    }
    for (int k = 0; k < count; k += 4) {
      addOuterProducts(k);
    }
  }

  /** Adds the gradient by W1 of four targets: units times q. */
  private void addOuterProducts(int k) {
    for (int c = 0; c < columns; c++) {
      float q0 = q[k][c];
      float q1 = q[k + 1][c];
      float q2 = q[k + 2][c];
      float q3 = q[k + 3][c];
      if (q0 != 0f || q1 != 0f || q2 != 0f || q3 != 0f) {
        Axpy.add(q0, units[k], q1, units[k + 1], q2, units[k + 2], q3, units[k + 3], byColumn[c]);
      }
    }
  }

  /** Turns the hidden units of a target into the gradient by what enters them. */
  private void backwardUnits(float byLogit, float[] unit) {
    byB2[0] += byLogit;
    for (int h = 0; h < hidden; h++) {
      byW2[h] += byLogit * Math.max(unit[h], 0f);
      unit[h] = unit[h] > 0f ? byLogit * w2[h] : 0f;
      byB1[h] += unit[h];
    }
  }

  private void backwardQuery(int k, LastUpdates.Node source, LastUpdates.Node target) {
    Arrays.fill(byQuery, 0f);
    backwards.addTo(byQuery, units[k], 0);
    float byScale = 0;
    for (int c = 0; c < CODES; c++) {
      byScale += byQuery[c] * freshSlope[k][c];
    }
    byLogTau[0] += byScale;
    int at = CODES;
    addTo(source.byNeighbour, at);
    addTo(target.byNeighbour, at);
    at += sizes.neighbour();
    addTo(source.bySelf, at);
    at += sizes.self();
    addTo(target.bySelf, at);
    at += sizes.self();
    backwardTime(q[k], at);
  }

  private void addTo(float[] gradient, int at) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += byQuery[at + i];
    }
  }

  /** Through phi of the three differences, whose logarithms lie behind them in q. */
  private void backwardTime(float[] pair, int phi) {
    int logs = to + 3;
    for (int n = 0; n < 3; n++) {
      if (pair[logs + 3 + n] != 0f) {
        float age = 10 * pair[logs + n];
        time.encode(age, cosineAndSine, 0, sizes.time());
        time.add(age, cosineAndSine, sizes.time(), byQuery, phi + n * sizes.time());
      }
    }
  }

  /** Hands the gradient by W1 over, by rows. */
  void finish() {
    for (int r = 0; r < hidden; r++) {
      for (int c = 0; c < columns; c++) {
        byW1[r * columns + c] += byColumn[c][r];
      }
    }
  }
}
