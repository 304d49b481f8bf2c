package io.kith.deploy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a polite kill: interrupts the command, so that it closes what it opened in its own
 * order, and keeps the process alive until that is done.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 20;

  private final Thread command = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean requested;

  private Interruption() {}

  /** Must be called by the thread that runs the command. */
  static Interruption install() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "kith-stop"));
    return interruption;
  }

  boolean requested() {
    return requested;
  }

  /** The command has ended, and everything it opened is closed. */
  void done() {
    done.countDown();
  }

  private void stop() {
    if (done.getCount() == 0) {
      return;
    }
    requested = true;
    command.interrupt();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Not everything stopped in time: seconds=" + PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
