package io.kith.bench;

import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Made interactions, evenly in time: who takes part is drawn uniformly, or by Zipf's law, or one
 * node takes part in every second. Immutable; any thread.
 *
 * @param nodes how many there are
 * @param activity how active each is
 * @param features length of the feature vectors
 */
record SyntheticStream(int nodes, Activity activity, int features) {
  /** How often a node takes part. */
  enum Activity {
    UNIFORM,
    /** The n-th with a weight of 1/n. */
    ZIPF,
    /** One takes part in half of the interactions, the others uniformly. */
    HUB
  }

  /** Each node once, in pairs: after it all have a record. */
  Iterator<Interaction> everyNode() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next + 1 < nodes;
      }

      @Override
      public Interaction next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no more: next=" + next);
        }
        next += 2;
        return interaction(next - 2, next - 1, next / 2L - 1, new float[features]);
      }
    };
  }

  /** So many, after {@link #everyNode}. */
  List<Interaction> interactions(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Interaction> made = new ArrayList<>(count);
    while (made.size() < count) {
      boolean hub = activity == Activity.HUB && made.size() % 2 == 0;
      int source = hub ? 0 : draw(random);
      int target = draw(random);
      if (source != target) {
        float[] x = new float[features];
        for (int i = 0; i < features; i++) {
          x[i] = (float) random.nextDouble(-1, 1);
        }
        made.add(interaction(source, target, nodes / 2L + made.size(), x));
      }
    }
    return made;
  }

  private int draw(SplittableRandom random) {
    return activity == Activity.ZIPF
        ? (int) Math.pow(nodes, random.nextDouble()) - 1 // density 1/x on [1, nodes)
        : random.nextInt(nodes);
  }

  private static Interaction interaction(int source, int target, long number, float[] x) {
    String from = "n" + source;
    String to = "n" + target;
    long time = number * JobSpeed.WINDOW_MS / JobSpeed.PER_WINDOW;
    return new Interaction(from, NodeKey.of(from), to, NodeKey.of(to), time, x);
  }
}
