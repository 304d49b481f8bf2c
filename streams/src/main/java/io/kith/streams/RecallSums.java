package io.kith.streams;

import io.kith.model.LastList;

/**
 * How often the target of an interaction was among the first partners of the list that its source
 * had.
 *
 * @param lists predictions whose source had a list that was to be long enough
 * @param hits of these, those whose target was among the first
 */
record RecallSums(long lists, long hits) {
  static final RecallSums NONE = new RecallSums(0, 0);

  /**
   * The sums over one prediction.
   *
   * @param list null where its source had none
   * @param first how many partners count
   */
  static RecallSums of(LastList list, int first) {
    if (list == null || list.k() < first) {
      return NONE;
    }
    return new RecallSums(1, list.position() != null && list.position() <= first ? 1 : 0);
  }

  RecallSums plus(RecallSums other) {
    return new RecallSums(lists + other.lists, hits + other.hits);
  }

  /** The share of hits; null over none. */
  Double recall() {
    return lists == 0 ? null : (Double) ((double) hits / lists);
  }
}
