package io.kith.deploy.demo;

import io.kith.deploy.CommandException;
import io.kith.deploy.EdgeProducer;
import io.kith.model.Interaction;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends the stream in a thread of its own, as fast as predictions come back: never more than a
 * fixed number of interactions are under way.
 */
final class Feeder implements AutoCloseable {
  /** Enough that a window never waits for room, few enough that the lag stays small. */
  private static final int UNDER_WAY = 4000;

  private final Semaphore room = new Semaphore(UNDER_WAY);
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final EdgeProducer producer;
  private final Thread thread;
  private volatile long newest = Long.MIN_VALUE;

  Feeder(EdgeProducer producer, List<Interaction> stream) {
    this.producer = producer;
    this.thread = new Thread(() -> run(stream), "kith-demo-feeder");
    thread.setDaemon(true);
    thread.start();
  }

  /** So many interactions have been through. */
  void arrived(int predictions) {
    room.release(predictions);
  }

  /** Event time of the newest interaction sent, ms. */
  long newest() {
    return newest;
  }

  /** Interactions that Kafka has taken. */
  long sent() {
    return producer.acknowledged();
  }

  void failOnFailure() throws CommandException {
    Exception e = failure.get();
    if (e != null) {
      throw new CommandException("the stream could not be sent: " + e.getMessage(), e);
    }
  }

  private void run(List<Interaction> stream) {
    try {
      for (Interaction interaction : stream) {
        room.acquire();
        producer.send(interaction);
        newest = interaction.timestamp();
      }
      producer.flush();
    } catch (CommandException | RuntimeException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    thread.interrupt();
    try {
      thread.join(2000);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    producer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
