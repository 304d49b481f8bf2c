package io.kith.model.evaluate;

/** Says of pairs of a timeline how likely they interact. Not safe for concurrent use. */
public interface LinkPredictor {
  /** How likely node {@code source} does something with {@code target} at {@code t} (ms). */
  double score(int source, int target, long t);

  /** Learns of the interactions {@code from} to {@code to}, a batch. */
  void observe(int from, int to);
}
