package io.kith.operators;

import java.io.Serializable;
import java.util.Iterator;

/**
 * A bounded input that can be read again from any place: what a {@link ScriptSource} plays.
 *
 * @param <T> what arrives
 */
public interface Script<T> extends Serializable {
  /** Number of input partitions. */
  int partitions();

  /**
   * The arrivals of one partition, from a place on. Each call must give the same. The offsets of
   * their origins count from 0.
   *
   * @param from arrivals of that partition to leave out
   */
  Iterator<T> open(int partition, long from);
}
