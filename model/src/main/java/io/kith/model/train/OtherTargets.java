package io.kith.model.train;

import io.kith.model.HeapRecord;
import io.kith.model.ModelSizes;
import io.kith.model.NodeKey;
import io.kith.model.evaluate.Timeline;
import io.kith.model.train.RankingLoss.Kind;
import java.util.SplittableRandom;

/**
 * The targets that an interaction is scored against: itself, 8 random targets of those seen in
 * training, 2 random other partners of the source that its N-cache still holds, and the targets of
 * 2 random earlier interactions. Never the source, and the true target only once; where there is no
 * other, fewer. Not safe for concurrent use.
 */
final class OtherTargets {
  static final int MOST = 13;
  private static final int RANDOM = 8;
  private static final int PARTNERS = 2;
  private static final int POPULAR = 2;

  /** Random targets drawn for a batch; so a batch reads fewer records than it has pairs. */
  private static final int POOL = 256;

  private static final int TRIES = 4;

  private final Timeline timeline;
  private final SplittableRandom random;
  private final int hop1;
  private final int[] targets;
  private final int[] pool = new int[POOL];
  private final int[] partners;

  final int[] node = new int[MOST];
  final Kind[] kind = new Kind[MOST];
  int count;

  /**
   * @param timeline whose first {@code trainingEnd} interactions are for training
   */
  OtherTargets(Timeline timeline, int trainingEnd, ModelSizes sizes, SplittableRandom random) {
    this.timeline = timeline;
    this.random = random;
    hop1 = sizes.hop1();
    targets = timeline.targets(0, trainingEnd);
    partners = new int[hop1];
  }

  /** Draws the pool of a batch. */
  void startBatch() {
    for (int i = 0; i < POOL; i++) {
      pool[i] = targets[random.nextInt(targets.length)];
    }
  }

  /**
   * Draws for one interaction.
   *
   * @param earlier number of interactions before the batch
   */
  void draw(int source, HeapRecord ofSource, int target, int earlier) {
    count = 0;
    add(target, Kind.TRUE);
    for (int i = 0; i < RANDOM; i++) {
      drawFrom(source, target, earlier, Kind.RANDOM);
    }
    drawPartners(ofSource, target);
    for (int i = 0; i < POPULAR && earlier > 0; i++) {
      drawFrom(source, target, earlier, Kind.POPULAR);
    }
  }

  private void drawFrom(int source, int target, int earlier, Kind drawn) {
    for (int i = 0; i < TRIES; i++) {
      int other =
          drawn == Kind.RANDOM
              ? pool[random.nextInt(POOL)]
              : timeline.target(random.nextInt(earlier));
      if (other != source && other != target) {
        add(other, drawn);
        return;
      }
    }
  }

  private void drawPartners(HeapRecord ofSource, int target) {
    int held = 0;
    for (int i = 0; i < hop1; i++) {
      long key = ofSource.hop1Key(i);
      if (key != NodeKey.EMPTY && key != timeline.key(target)) {
        partners[held++] = i;
      }
    }
    for (int i = 0; i < Math.min(PARTNERS, held); i++) {
      int swap = random.nextInt(i, held);
      int slot = partners[swap];
      partners[swap] = partners[i];
      add(timeline.node(ofSource.hop1Key(slot)), Kind.PARTNER);
    }
  }

  private void add(int other, Kind as) {
    node[count] = other;
    kind[count++] = as;
  }
}
