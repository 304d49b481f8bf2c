package io.kith.operators;

import io.kith.model.Weights;
import io.kith.model.WeightsFile;
import io.kith.operators.KithOptions.SelfLoops;
import java.io.ByteArrayInputStream;
import java.io.Serializable;

/**
 * What the operators are told, checked already: see {@link JobChecks}. Travels to every task.
 *
 * @param weightsFile bytes of the weights file; each task reads it for itself
 * @param windows the event-time windows
 * @param outOfOrderness how far behind its partition's clock an interaction may be, ms
 * @param idleTimeout silence after which a partition is idle, ms; 0 for never
 * @param parser what an interaction must be
 * @param selfLoops what happens to self loops
 * @param negatives other targets to rank each true one among
 * @param keyGroups key groups and parallelism
 * @param nodes nodes that the job keeps at most
 * @param stateDir folder for the files of the store; null to keep them in memory
 * @param bounded whether the input ends
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record JobSettings(
    byte[] weightsFile,
    Windows windows,
    long outOfOrderness,
    long idleTimeout,
    ParserSettings parser,
    SelfLoops selfLoops,
    int negatives,
    KeyGroups keyGroups,
    long nodes,
    String stateDir,
    boolean bounded)
    implements Serializable {

  Weights weights() {
    return WeightsFile.read("the job's model", new ByteArrayInputStream(weightsFile));
  }

  /**
   * Nodes that one subtask can hold. Keys are spread over subtasks by hash, so each gets a little
   * more than its share: six standard deviations of a fair spread.
   */
  long nodesOfSubtask() {
    int parallelism = keyGroups.parallelism();
    if (parallelism == 1) {
      return nodes;
    }
    int groups = (keyGroups.number() + parallelism - 1) / parallelism;
    double share = (double) nodes * groups / keyGroups.number();
    return Math.min(nodes, (long) Math.ceil(share + 6 * Math.sqrt(share)));
  }
}
