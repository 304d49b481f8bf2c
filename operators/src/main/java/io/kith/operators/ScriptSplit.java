package io.kith.operators;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A partition of an {@link Script} and how far it has been played.
 *
 * @param next arrivals of it that have been played
 */
public record ScriptSplit(int partition, long next) implements SourceSplit {
  @Override
  public String splitId() {
    return String.valueOf(partition);
  }
}
