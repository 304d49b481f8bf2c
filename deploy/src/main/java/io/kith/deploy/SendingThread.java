package io.kith.deploy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A thread that sends interactions, and the producer that it closes in the end. Any thread. */
public final class SendingThread implements AutoCloseable {
  private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(2);

  private final EdgeProducer producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean done;

  /** What it sends, and when. */
  @FunctionalInterface
  public interface Work {
    /** Sends all; ends early when it is interrupted. */
    void send(EdgeProducer producer) throws CommandException, InterruptedException;
  }

  private SendingThread(String name, EdgeProducer producer, Work work) {
    this.producer = producer;
    this.thread = new Thread(() -> run(work), name);
    thread.setDaemon(true);
  }

  /** Starts to send. */
  public static SendingThread start(String name, EdgeProducer producer, Work work) {
    SendingThread sending = new SendingThread(name, producer, work);
    sending.thread.start();
    return sending;
  }

  private void run(Work work) {
    try {
      work.send(producer);
      producer.flush();
      done = true;
    } catch (CommandException | RuntimeException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Interactions that Kafka has taken. */
  public long sent() {
    return producer.acknowledged();
  }

  /** Whether all is on the topic. */
  public boolean done() {
    return done;
  }

  /**
   * Tells of what kept it from sending.
   *
   * @throws CommandException if anything did
   */
  public void failOnFailure() throws CommandException {
    Exception e = failure.get();
    if (e != null) {
      throw new CommandException("the stream could not be sent: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    thread.interrupt();
    try {
      thread.join(PATIENCE_MS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    producer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
