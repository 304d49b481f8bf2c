package io.kith.deploy.chaos;

import io.kith.deploy.CommandException;
import io.kith.deploy.EdgeProducer;
import io.kith.model.Interaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Sends the stream in a thread of its own, at a rate, and never beyond the share that has been
 * released: some of it is left until the last kill. Then it sends to each partition an interaction
 * so late that all windows of the stream close; their own never does.
 */
final class Feed implements AutoCloseable {
  private final EdgeProducer producer;
  private final List<Interaction> stream;
  private final List<Interaction> ends;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private long released;
  private long nanosBetween;
  private volatile boolean done;

  /**
   * Starts to send.
   *
   * @param stream by time
   * @param perSecond interactions a second
   * @param ends what to send after the stream, see {@link #ends}
   */
  Feed(EdgeProducer producer, List<Interaction> stream, double perSecond, List<Interaction> ends) {
    this.producer = producer;
    this.stream = stream;
    this.ends = ends;
    this.nanosBetween = (long) (1e9 / perSecond);
    this.thread = new Thread(this::run, "kith-chaos-feed");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * An interaction for each partition, a while after the last of a stream.
   *
   * @param afterMs what closes the last window
   */
  static List<Interaction> ends(Interaction last, long afterMs, int partitions) {
    List<Interaction> ends = new ArrayList<>();
    Set<Integer> covered = new HashSet<>();
    for (int i = 0; covered.size() < partitions; i++) {
      String source = "end-" + i;
      byte[] key = source.getBytes(StandardCharsets.UTF_8);
      if (covered.add(BuiltInPartitioner.partitionForKey(key, partitions))) {
        ends.add(new Interaction(source, "the-end", last.timestamp() + afterMs, last.features()));
      }
    }
    return ends;
  }

  /** Lets so much of the stream go. */
  synchronized void release(double share) {
    released = Math.round(share * stream.size());
    notifyAll();
  }

  /** Lets all of it go, as fast as it can. */
  synchronized void releaseAll() {
    nanosBetween = 0;
    release(1);
  }

  /** Whether all is on the topic. */
  boolean done() {
    return done;
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

  private void run() {
    try {
      for (int i = 0; i < stream.size(); i++) {
        TimeUnit.NANOSECONDS.sleep(awaitRelease(i));
        producer.send(stream.get(i));
      }
      for (Interaction end : ends) {
        producer.send(end);
      }
      producer.flush();
      done = true;
    } catch (CommandException | RuntimeException e) {
      failure.set(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the next may go, and how long to wait after that. */
  private synchronized long awaitRelease(int place) throws InterruptedException {
    while (place >= released) {
      wait();
    }
    return nanosBetween;
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
