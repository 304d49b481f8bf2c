package io.kith.streams;

import io.kith.model.LastList;
import io.kith.model.NodeKey;
import io.kith.model.Prediction;
import java.util.Arrays;

/**
 * Tells whether an identical prediction has been seen shortly before: among the last {@code
 * generation} different ones for certain, among the last 2 x {@code generation} perhaps. Bounded,
 * 32 bytes for each prediction of a generation. One thread.
 *
 * <p>A job with at-least-once delivery repeats, after a crash, what it wrote since its last
 * checkpoint, byte for byte. So memory for the predictions of one checkpoint interval in one
 * partition is enough. Predictions are compared by a 64-bit hash of all their fields but the
 * explanation, which follows from what the others do: among 2^17 of them a false repeat has a
 * chance below 2^-47 at each prediction.
 *
 * <p>Limits: an interaction that really arrived twice, equal in every part and in one window, is
 * one prediction. The memory does not outlive the task: what is repeated across a restart of this
 * application is counted twice.
 */
final class RecentPredictions {
  /** A slot without a hash. */
  private static final long EMPTY = 0;

  private final int generation;
  private long[] newer;
  private long[] older;
  private int size;

  /**
   * @param generation predictions, a power of two
   */
  RecentPredictions(int generation) {
    this.generation = generation;
    this.newer = new long[2 * generation];
    this.older = new long[2 * generation];
  }

  /** Remembers a prediction; false where it is remembered already. */
  boolean add(Prediction prediction) {
    long hash = hash(prediction);
    int slot = slot(newer, hash);
    if (newer[slot] == hash || older[slot(older, hash)] == hash) {
      return false;
    }
    if (size == generation) {
      long[] emptied = older;
      older = newer;
      newer = emptied;
      Arrays.fill(newer, EMPTY);
      size = 0;
      slot = slot(newer, hash);
    }
    newer[slot] = hash;
    size++;
    return true;
  }

  /** Where the hash is or would be. Tables are at most half full, so there is a place. */
  private static int slot(long[] table, long hash) {
    int slot = (int) hash & table.length - 1;
    while (table[slot] != hash && table[slot] != EMPTY) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  private static long hash(Prediction p) {
    long hash = NodeKey.of(p.source());
    hash = mix(hash, NodeKey.of(p.target()));
    hash = mix(hash, p.timestamp());
    hash = mix(hash, p.window());
    hash = mix(hash, NodeKey.of(p.modelVersion()));
    hash = mix(hash, Float.floatToIntBits(p.score()));
    hash = mix(hash, p.sharedNeighbours());
    hash = mix(hash, p.negatives());
    hash = mix(hash, Double.doubleToLongBits(p.rank()));
    hash = mix(hash, Double.doubleToLongBits(p.recencyRank()));
    hash = mix(hash, Double.doubleToLongBits(p.edgeBankRank()));
    hash = mix(hash, Double.doubleToLongBits(p.recencyScore()));
    hash = mix(hash, p.met() ? 1 : 0);
    if (p.negatives() > 0) {
      hash = mix(hash, Float.floatToIntBits(p.negativeScore()));
      hash = mix(hash, Double.doubleToLongBits(p.negativeRecencyScore()));
      hash = mix(hash, p.negativeMet() ? 1 : 0);
    }
    LastList list = p.lastList();
    if (list != null) {
      hash = mix(hash, list.window());
      hash = mix(hash, list.k());
      hash = mix(hash, list.position() == null ? 0 : list.position());
    }
    return hash == EMPTY ? 1 : hash;
  }

  private static long mix(long hash, long value) {
    return NodeKey.mix(31 * hash + value);
  }
}
