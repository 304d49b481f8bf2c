package io.kith.streams;

import io.kith.model.Prediction;

/**
 * The running account of one window, or of the total, in one partition of the predictions topic.
 * Its size is bounded: sums, and a batch of at most {@value PairBatch#SIZE} predictions. One
 * thread.
 *
 * <p>Average precision cannot be kept exactly over a stream in bounded space, so it is taken over
 * batches of {@value PairBatch#SIZE} ranked predictions, each with its first negative, and
 * averaged, as Luo and Li (LoG 2022) do. Batches are cut in the order of the partition. That order
 * is fixed once the records are on the topic, so the figures are a function of the topic's
 * contents. (Bins of scores would not depend on the order, but no fixed bins suit the recency rule,
 * whose scores are times.) The last batch may be smaller and counts with its size. A batch of a few
 * predictions has an average precision well above that of the long run (one prediction scores 1 or
 * 1/2), so read a window of fewer than {@value PairBatch#SIZE} with care.
 *
 * <p>A record is counted once however often it is read: the account knows the offset through which
 * it is complete, and the two are stored together.
 */
final class QualityTally {
  private final PairBatch batch;
  private QualitySums closed;
  private long throughOffset;

  QualityTally() {
    this(QualitySums.NONE, -1, new PairBatch());
  }

  /**
   * @param closed sums over all predictions, and over all full batches
   * @param throughOffset greatest offset that has been counted; -1 where there is none
   * @param batch the ranked predictions that no full batch has taken in yet
   */
  QualityTally(QualitySums closed, long throughOffset, PairBatch batch) {
    this.closed = closed;
    this.throughOffset = throughOffset;
    this.batch = batch;
  }

  /** True where the record at the offset has been counted already. */
  boolean includes(long offset) {
    return offset <= throughOffset;
  }

  /** Counts the prediction at an offset that is not {@linkplain #includes included} yet. */
  void add(Prediction prediction, long offset) {
    closed = closed.plus(QualitySums.of(prediction));
    if (prediction.negatives() > 0) {
      batch.add(prediction);
      if (batch.isFull()) {
        closed = closed.plus(batch.sums());
        batch.clear();
      }
    }
    throughOffset = offset;
  }

  /** Counts a repeat, at an offset that is not {@linkplain #includes included} yet. */
  void addRepeat(long offset) {
    closed = closed.plus(QualitySums.ofRepeat());
    throughOffset = offset;
  }

  /** The sums, with the batch as full as it is. */
  QualitySums sums() {
    return closed.plus(batch.sums());
  }

  QualitySums closed() {
    return closed;
  }

  long throughOffset() {
    return throughOffset;
  }

  PairBatch batch() {
    return batch;
  }
}
