package io.kith.operators;

import io.kith.model.RecordFormat;
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
 * @param predictions what a prediction says beside its score
 * @param whoNext for whom next partners are listed
 * @param embeddingNeighbours partners that an embedding record lists at most
 * @param format how records are written
 * @param keyGroups key groups and parallelism
 * @param retention how many nodes are kept, and for how long
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
    PredictionSettings predictions,
    WhoNextSettings whoNext,
    int embeddingNeighbours,
    RecordFormat format,
    KeyGroups keyGroups,
    Retention retention,
    String stateDir,
    boolean bounded)
    implements Serializable {

  Weights weights() {
    return WeightsFile.read("the job's model", new ByteArrayInputStream(weightsFile));
  }
}
