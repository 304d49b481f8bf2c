package io.kith.streams;

import io.kith.model.Explanation;
import io.kith.model.LastList;
import io.kith.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Predictions drawn from a seed: scores and ranks with many ties, a tenth without negatives, times
 * that go back and forth, no two alike.
 */
final class RandomPredictions {
  private final Random random;
  private final long span;
  private int made;

  /**
   * @param span event times lie in [0, span), ms
   */
  RandomPredictions(long seed, long span) {
    this.random = new Random(seed);
    this.span = span;
  }

  Prediction next() {
    made++;
    int negatives = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(20);
    long timestamp = Math.floorMod(random.nextLong(), span);
    return new Prediction(
        "s" + random.nextInt(50),
        "t" + made,
        timestamp,
        random.nextInt(11) / 10f,
        timestamp / 1000,
        "v" + random.nextInt(3),
        random.nextInt(4),
        negatives,
        rank(negatives),
        rank(negatives),
        rank(negatives),
        random.nextInt(8),
        random.nextBoolean(),
        negatives == 0 ? null : random.nextInt(11) / 10f,
        negatives == 0 ? null : (double) random.nextInt(8),
        negatives == 0 ? null : random.nextBoolean(),
        random.nextInt(3) == 0 ? explanation() : null,
        random.nextInt(3) == 0 ? null : lastList());
  }

  private LastList lastList() {
    int k = 1 + random.nextInt(25);
    return new LastList(
        random.nextLong(), k, random.nextInt(3) == 0 ? null : (Integer) (1 + random.nextInt(k)));
  }

  private Explanation explanation() {
    List<Explanation.Entry> entries = new ArrayList<>();
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      entries.add(
          new Explanation.Entry(
              Long.toString(random.nextLong()),
              1 + random.nextInt(63),
              random.nextBoolean() ? null : (Long) (long) random.nextInt(1000),
              random.nextBoolean() ? null : (Long) (long) random.nextInt(1000)));
    }
    return new Explanation(entries.size() + 3, 2, entries);
  }

  private double rank(int negatives) {
    return 1 + random.nextInt(2 * negatives + 1) / 2.0;
  }
}
