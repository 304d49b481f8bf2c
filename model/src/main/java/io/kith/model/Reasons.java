package io.kith.model;

import io.kith.model.Recommendation.Reason;
import io.kith.model.Recommendation.SharedByCode;
import io.kith.model.Recommendation.SharedNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Why a pair is likely, from what the scorer reads: their meetings, and the nodes that both have
 * around them. A function of the two records. Not safe for concurrent use.
 */
public final class Reasons {
  /** Shared nodes that a reason names at most. */
  public static final int MOST = 5;

  private static final int SIDE = 0b111;

  private static final Comparator<SharedNode> STRONGEST =
      Comparator.comparingInt((SharedNode node) -> steps(node.code()))
          .thenComparing(SharedNode::timestamp, Comparator.reverseOrder())
          .thenComparing(SharedNode::key);

  private final NodeSide source;
  private final NodeSide target;
  private final JointNeighbourhood joint;
  private final PairHistory history;
  private final int[] nodes = new int[ModelSizes.CODES];

  public Reasons(ModelSizes sizes) {
    source = new NodeSide(sizes);
    target = new NodeSide(sizes);
    joint = new JointNeighbourhood(sizes);
    history = new PairHistory(sizes);
  }

  /** The reason for source key u and target key v. */
  public Reason of(long u, NodeRecord ofU, long v, NodeRecord ofV) {
    source.read(u, ofU);
    target.read(v, ofV);
    joint.source(source);
    joint.target(target);
    history.read(source, ofU, target, ofV);
    Arrays.fill(nodes, 0);
    List<SharedNode> shared = new ArrayList<>();
    for (int e = 0; e < joint.size(); e++) {
      int code = joint.code(e);
      if ((code & SIDE) != 0 && code >> 3 != 0 && joint.key(e) != u && joint.key(e) != v) {
        nodes[code]++;
        shared.add(new SharedNode(Long.toString(joint.key(e)), code, joint.newest(e)));
      }
    }
    shared.sort(STRONGEST);
    List<SharedByCode> byCode = new ArrayList<>();
    for (int code = 0; code < nodes.length; code++) {
      if (nodes[code] > 0) {
        byCode.add(new SharedByCode(code, nodes[code]));
      }
    }
    return new Reason(
        history.met() ? history.time() : null,
        history.count(),
        byCode,
        shared.subList(0, Math.min(MOST, shared.size())));
  }

  /** Steps from u over a node to v. */
  private static int steps(int code) {
    return Integer.numberOfTrailingZeros(code & SIDE) + Integer.numberOfTrailingZeros(code >> 3);
  }
}
