package io.kith.model.train;

/** Hears how training goes, on the training thread. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * A batch has been learned.
   *
   * @param epoch from 1
   * @param done interactions of this epoch so far
   * @param total interactions of an epoch
   * @param loss mean loss of an interaction, since the epoch began
   */
  default void batch(int epoch, int done, int total, double loss) {}

  /** An epoch has ended; {@code best} if its weights are the best so far. */
  default void epoch(EpochReport report, boolean best) {}
}
