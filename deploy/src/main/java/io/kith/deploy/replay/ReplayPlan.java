package io.kith.deploy.replay;

import io.kith.model.Interaction;
import java.nio.file.Path;
import java.util.List;

/**
 * What a replay reads and writes. A file that is null is not written.
 *
 * @param weightsFile bytes of the weights file
 * @param edges the interactions
 * @param windowMs length W of a window, ms
 * @param parallelism lanes or subtasks
 * @param pairsFile file of further pairs to score; null for none
 * @param pairs what it holds, in its order
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record ReplayPlan(
    byte[] weightsFile,
    Survey edges,
    long windowMs,
    int parallelism,
    Path pairsFile,
    List<Interaction> pairs,
    Path scores,
    Path pairScores,
    Path embeddings,
    Path records) {

  /** Key groups, by which nodes are shared out. They do not show in what is written. */
  static final int KEY_GROUPS = 128;

  /** Nodes that the store must hold. */
  int nodes() {
    return Math.max(1, edges.nodes().size());
  }
}
