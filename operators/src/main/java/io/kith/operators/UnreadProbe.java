package io.kith.operators;

import java.io.Serializable;
import org.apache.flink.api.connector.source.SourceSplit;

/** Looks past a reader, whether a split of its source holds anything that it has not yet read. */
interface UnreadProbe<S extends SourceSplit> extends AutoCloseable {
  /** Stands for the place at which the split starts. */
  long FROM_START = -1;

  /**
   * Whether there is anything to read at {@code next} or behind it. Asked by one thread.
   *
   * @param split as it was assigned
   * @param next offset behind the last one read, or {@link #FROM_START}
   */
  boolean unread(S split, long next) throws Exception;

  /** May be called by any thread, at any time; ends a question under way with an exception. */
  @Override
  void close();

  /** Makes probes of a source. */
  interface Maker<S extends SourceSplit> extends Serializable {
    /** A probe for one reader; must not connect yet. */
    UnreadProbe<S> open();
  }
}
