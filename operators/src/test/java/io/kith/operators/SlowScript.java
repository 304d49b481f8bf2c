package io.kith.operators;

import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;

/** Takes its time whatever the machine, so that what is done to the job comes before its end. */
record SlowScript<T>(Script<T> script) implements Script<T> {
  private static final long serialVersionUID = 1L;
  private static final long NANOS_BETWEEN = 200_000;

  @Override
  public int partitions() {
    return script.partitions();
  }

  @Override
  public Iterator<T> open(int partition, long from) {
    Iterator<T> arrivals = script.open(partition, from);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return arrivals.hasNext();
      }

      @Override
      public T next() {
        LockSupport.parkNanos(NANOS_BETWEEN);
        return arrivals.next();
      }
    };
  }
}
