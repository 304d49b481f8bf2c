package io.kith.operators;

/**
 * A prediction on its way past the last list of its source.
 *
 * @param window the interaction's
 * @param sourceKey key of its source
 * @param targetKey key of its target
 * @param record the prediction, but for what it says of the list
 */
record Predicted(long window, long sourceKey, long targetKey, OutputRecord record)
    implements ForRecommender {
  @Override
  public long receiver() {
    return sourceKey;
  }
}
