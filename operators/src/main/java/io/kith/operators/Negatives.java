package io.kith.operators;

import io.kith.model.Interaction;
import io.kith.model.NodeKey;
import io.kith.state.KeyIndex;

/**
 * Other targets to rank the true one among: drawn by a hash of the interaction, so that they are
 * the same whoever draws them and whenever. Not safe for concurrent use.
 */
final class Negatives {
  /** Draws for each one wanted, before fewer have to do. */
  private static final int TRIES = 4;

  private final long[] keys;
  private int found;

  /**
   * @param wanted how many; at least 0
   */
  Negatives(int wanted) {
    keys = new long[wanted];
  }

  /** Chooses among the known targets: none twice, and neither end of the interaction. */
  void choose(Interaction interaction, KeyIndex known) {
    found = 0;
    long seed = seed(interaction);
    for (int n = 0; n < TRIES * keys.length && found < keys.length && known.size() > 0; n++) {
      long draw = NodeKey.mix(seed + n);
      long key = known.get((int) Long.remainderUnsigned(draw, known.size()));
      if (key != interaction.sourceKey() && key != interaction.targetKey() && !chosen(key)) {
        keys[found++] = key;
      }
    }
  }

  /** A hash of an interaction; the negatives are drawn from {@code seed + n}, n from 0. */
  static long seed(Interaction interaction) {
    return NodeKey.mix(
        interaction.sourceKey()
            ^ NodeKey.mix(interaction.targetKey() ^ NodeKey.mix(interaction.timestamp() + 1)));
  }

  /** Chooses none. */
  void none() {
    found = 0;
  }

  private boolean chosen(long key) {
    for (int i = 0; i < found; i++) {
      if (keys[i] == key) {
        return true;
      }
    }
    return false;
  }

  /** How many there were. */
  int found() {
    return found;
  }

  long key(int i) {
    return keys[i];
  }
}
