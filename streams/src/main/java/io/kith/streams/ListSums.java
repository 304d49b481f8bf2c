package io.kith.streams;

import io.kith.model.LastList;

/** Sums over predictions from which the {@link ListFigures} follow. */
record ListSums(RecallSums at1, RecallSums at5, RecallSums at10, RecallSums at20) {
  static final ListSums NONE =
      new ListSums(RecallSums.NONE, RecallSums.NONE, RecallSums.NONE, RecallSums.NONE);

  /**
   * The sums over one prediction.
   *
   * @param list null where its source had none
   */
  static ListSums of(LastList list) {
    return new ListSums(
        RecallSums.of(list, 1),
        RecallSums.of(list, 5),
        RecallSums.of(list, 10),
        RecallSums.of(list, 20));
  }

  ListSums plus(ListSums other) {
    return new ListSums(
        at1.plus(other.at1), at5.plus(other.at5), at10.plus(other.at10), at20.plus(other.at20));
  }

  /** Null where no source had a list. */
  ListFigures figures() {
    return at1.lists() == 0
        ? null
        : new ListFigures(at1.lists(), at1.recall(), at5.recall(), at10.recall(), at20.recall());
  }
}
