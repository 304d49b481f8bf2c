package io.kith.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Objects of a window, in the order in which they were taken; the next window uses them again. Not
 * safe for concurrent use.
 */
final class Pool<T> {
  /** Kept for the next window; a rare giant window gives its own back. */
  private static final int KEPT = 4096;

  private final Supplier<T> maker;
  private final List<T> made = new ArrayList<>();
  private int taken;

  Pool(Supplier<T> maker) {
    this.maker = maker;
  }

  /** One that nobody uses, as whoever had it before left it. */
  T take() {
    if (taken == made.size()) {
      made.add(maker.get());
    }
    return made.get(taken++);
  }

  /** The i-th that was taken. */
  T get(int i) {
    return made.get(i);
  }

  /** How many are taken. */
  int size() {
    return taken;
  }

  /** Takes all of them back; nobody may use one any more. */
  void clear() {
    taken = 0;
    if (made.size() > KEPT) {
      made.subList(KEPT, made.size()).clear();
    }
  }
}
