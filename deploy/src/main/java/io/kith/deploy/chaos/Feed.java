package io.kith.deploy.chaos;

import io.kith.deploy.CommandException;
import io.kith.deploy.EdgeProducer;
import io.kith.deploy.SendingThread;
import io.kith.model.Interaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * Sends the stream in a thread of its own, at a rate, and never beyond the share that has been
 * released: some of it is left until the last kill. Then it sends to each partition an interaction
 * so late that all windows of the stream close; their own never does.
 */
final class Feed implements AutoCloseable {
  private final List<Interaction> stream;
  private final List<Interaction> ends;
  private final SendingThread sending;
  private long released;
  private long nanosBetween;

  /**
   * Starts to send.
   *
   * @param stream by time
   * @param perSecond interactions a second
   * @param ends what to send after the stream, see {@link #ends}
   */
  Feed(EdgeProducer producer, List<Interaction> stream, double perSecond, List<Interaction> ends) {
    this.stream = stream;
    this.ends = ends;
    this.nanosBetween = (long) (1e9 / perSecond);
    this.sending = SendingThread.start("kith-chaos-feed", producer, this::send);
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
    return sending.done();
  }

  /** Interactions that Kafka has taken. */
  long sent() {
    return sending.sent();
  }

  void failOnFailure() throws CommandException {
    sending.failOnFailure();
  }

  private void send(EdgeProducer producer) throws CommandException, InterruptedException {
    for (int i = 0; i < stream.size(); i++) {
      TimeUnit.NANOSECONDS.sleep(awaitRelease(i));
      producer.send(stream.get(i));
    }
    for (Interaction end : ends) {
      producer.send(end);
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
    sending.close();
  }
}
