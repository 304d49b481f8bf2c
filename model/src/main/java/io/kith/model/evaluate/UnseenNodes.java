package io.kith.model.evaluate;

import io.kith.model.Interaction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The inductive setting of CAW (Wang et al., ICLR 2021) and NAT: a tenth of all nodes, drawn from
 * those of the validation and test parts, take no part in training or validation; the test counts
 * the interactions that touch one of them. Records are then of the whole stream. Immutable; any
 * thread.
 */
public final class UnseenNodes {
  private final Timeline timeline;
  private final boolean[] unseen;

  public UnseenNodes(Timeline timeline, Split split, long seed) {
    this.timeline = timeline;
    unseen = new boolean[timeline.nodes()];
    int[] later =
        IntStream.range(split.train(), timeline.size())
            .flatMap(i -> IntStream.of(timeline.source(i), timeline.target(i)))
            .sorted()
            .distinct()
            .toArray();
    SplittableRandom random = new SplittableRandom(seed);
    int count = Math.min(timeline.nodes() / 10, later.length);
    for (int i = 0; i < count; i++) {
      int swap = random.nextInt(i, later.length);
      unseen[later[swap]] = true;
      later[swap] = later[i];
    }
  }

  /** Whether the i-th interaction touches an unseen node. */
  public boolean touchedBy(int i) {
    return unseen[timeline.source(i)] || unseen[timeline.target(i)];
  }

  /** The interactions {@code from} to {@code to} that touch none. */
  public List<Interaction> without(int from, int to) {
    List<Interaction> kept = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (!touchedBy(i)) {
        kept.add(timeline.interaction(i));
      }
    }
    return kept;
  }
}
