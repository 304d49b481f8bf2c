package io.kith.model.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Other targets for an interaction, never its source. Random ones are drawn, with replacement, from
 * the known targets: those of the training part. The true target is not left out, as in the
 * authors' code: where it is drawn it ties with itself, and figures are a little lower than they
 * could be. Historical ones, as in the TGB benchmark (Huang et al., NeurIPS 2023), are distinct
 * other targets that the source had in the training part, half of the places at most; random ones
 * fill the rest. Not safe for concurrent use.
 */
final class Negatives {
  private final SplittableRandom random;
  private final int[] known;

  /** Distinct targets of each source in training: those of node u from start[u] to start[u + 1]. */
  private final int[] start;

  private final int[] partner;
  private final int[] chosen;

  private int single;
  private final int[] randomOnes;
  private final int[] historicalOnes;

  Negatives(Timeline timeline, int trainingEnd, int count, long seed) {
    random = new SplittableRandom(seed);
    known = timeline.targets(0, trainingEnd);
    if (known.length < 2) {
      throw new IllegalArgumentException(
          "too few targets to draw negatives from: targets=" + known.length + ", least=2");
    }
    randomOnes = new int[count];
    historicalOnes = new int[count];
    long[] pairs = new long[trainingEnd];
    for (int i = 0; i < trainingEnd; i++) {
      pairs[i] = (long) timeline.source(i) << 32 | timeline.target(i);
    }
    pairs = Arrays.stream(pairs).sorted().distinct().toArray();
    start = new int[timeline.nodes() + 1];
    partner = new int[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      start[(int) (pairs[i] >> 32) + 1] = i + 1;
      partner[i] = (int) pairs[i];
    }
    int most = 0;
    for (int u = 0; u < timeline.nodes(); u++) {
      start[u + 1] = Math.max(start[u], start[u + 1]);
      most = Math.max(most, start[u + 1] - start[u]);
    }
    chosen = new int[most];
  }

  /** Draws for one interaction. */
  void draw(int source, int target) {
    single = other(source);
    for (int i = 0; i < randomOnes.length; i++) {
      randomOnes[i] = other(source);
    }
    int historical = drawHistorical(source, target);
    for (int i = historical; i < historicalOnes.length; i++) {
      historicalOnes[i] = other(source);
    }
  }

  private int other(int source) {
    int drawn;
    do {
      drawn = known[random.nextInt(known.length)];
    } while (drawn == source);
    return drawn;
  }

  /** A random half of the places at most, without replacement. */
  private int drawHistorical(int source, int target) {
    int count = 0;
    for (int i = start[source]; i < start[source + 1]; i++) {
      if (partner[i] != target) {
        chosen[count++] = partner[i];
      }
    }
    int taken = Math.min(count, historicalOnes.length / 2);
    for (int i = 0; i < taken; i++) {
      int swap = random.nextInt(i, count);
      int drawn = chosen[swap];
      chosen[swap] = chosen[i];
      historicalOnes[i] = drawn;
    }
    return taken;
  }

  /** The one negative for average precision. */
  int single() {
    return single;
  }

  /** Random targets; not to be changed. */
  int[] random() {
    return randomOnes;
  }

  /** Historical targets and random ones; not to be changed. */
  int[] historical() {
    return historicalOnes;
  }
}
