package io.kith.model.train;

import io.kith.model.Interaction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small random streams with repeated pairs, equal times and features. */
final class RandomStream {
  private RandomStream() {}

  static List<Interaction> of(int count, int nodes, int features, SplittableRandom random) {
    List<Interaction> interactions = new ArrayList<>();
    long t = 1_000_000;
    while (interactions.size() < count) {
      t += random.nextInt(4) * random.nextLong(50_000);
      float[] x = new float[features];
      for (int j = 0; j < features; j++) {
        x[j] = (float) random.nextDouble(-1, 1);
      }
      int source = random.nextInt(nodes);
      int target = (source + 1 + random.nextInt(nodes - 1)) % nodes;
      interactions.add(new Interaction("n" + source, "n" + target, t, x));
    }
    return interactions;
  }
}
