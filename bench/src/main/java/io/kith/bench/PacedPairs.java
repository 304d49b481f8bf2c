package io.kith.bench;

import io.kith.model.Interaction;
import io.kith.operators.Arrival;
import io.kith.operators.ArrivalScript;
import io.kith.operators.Origin;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * First each node once, as fast as they are taken; then, phase after phase, pairs that go round all
 * nodes so slowly that a given part of them changes between two checkpoints.
 *
 * @param nodes an even number
 * @param changed for each phase the part of the nodes that changes in an interval
 * @param intervalSeconds from one checkpoint to the next
 * @param intervals length of a phase
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record PacedPairs(int nodes, double[] changed, int intervalSeconds, int intervals)
    implements ArrivalScript {
  private static final long serialVersionUID = 1L;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What was missed while a task stood still is made good up to here. */
  private static final long MOST_BEHIND_NANOS = SECOND_NANOS;

  /** Interactions that make all nodes known. */
  long loading() {
    return nodes / 2;
  }

  /** Interactions until most of a phase is over: the last windows of all close with the next. */
  long endOf(int phase) {
    long count = loading();
    for (int p = 0; p <= phase; p++) {
      count += length(p);
    }
    return count - length(phase) / (intervals * 10L);
  }

  private long length(int phase) {
    return (long) (changed[phase] * nodes / 2 * intervals);
  }

  private double perSecond(long i) {
    long end = loading();
    for (int phase = 0; phase < changed.length; phase++) {
      end += length(phase);
      if (i < end) {
        return changed[phase] * nodes / 2 / intervalSeconds;
      }
    }
    return changed[0] * nodes / 2 / intervalSeconds;
  }

  @Override
  public int partitions() {
    return 1;
  }

  @Override
  public Iterator<Arrival> open(int partition, long from) {
    return new Iterator<>() {
      private long i = from;
      private long due = System.nanoTime();

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Arrival next() {
        if (i >= loading()) {
          long now = System.nanoTime();
          due = Math.max(due, now - MOST_BEHIND_NANOS) + (long) (SECOND_NANOS / perSecond(i));
          LockSupport.parkNanos(due - now);
        }
        // By turns 0-1, 2-3, ... and 1-2, 3-4, ...
        long source = 2 * i % nodes + 2 * i / nodes % 2;
        Interaction pair = new Interaction("n" + source, "n" + (source + 1) % nodes, i);
        return Arrival.of(new Origin("pairs", partition, i++, 0), pair);
      }
    };
  }
}
