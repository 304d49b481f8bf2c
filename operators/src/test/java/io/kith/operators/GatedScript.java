package io.kith.operators;

import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A script that begins when its gate is opened. */
record GatedScript<T>(String gate, Script<T> script) implements Script<T> {
  private static final long serialVersionUID = 1L;

  /** By name, for the scripts travel to the tasks. */
  private static final ConcurrentHashMap<String, CountDownLatch> GATES = new ConcurrentHashMap<>();

  /** Lets all begin that wait at this gate, or come to it later. */
  static void open(String gate) {
    latch(gate).countDown();
  }

  private static CountDownLatch latch(String gate) {
    return GATES.computeIfAbsent(gate, name -> new CountDownLatch(1));
  }

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
        await();
        return arrivals.hasNext();
      }

      @Override
      public T next() {
        return arrivals.next();
      }
    };
  }

  private void await() {
    try {
      if (!latch(gate).await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("nobody has opened: gate=" + gate);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: gate=" + gate, e);
    }
  }
}
