package io.kith.model.evaluate;

/**
 * How figures are taken.
 *
 * @param batching which interactions are read from the same records
 * @param random number of random negatives of the first ranking; those of the second are half
 *     historical, half random
 * @param seed of the negatives
 */
public record EvaluationSettings(Batching batching, int random, long seed) {
  /** What the literature's figures take: batches of 32 interactions, 100 negatives. */
  public static EvaluationSettings of(long seed) {
    return new EvaluationSettings(Batching.count(32), 100, seed);
  }

  public EvaluationSettings {
    if (random < 2) {
      throw new IllegalArgumentException("too few negatives: random=" + random + ", least=2");
    }
  }
}
