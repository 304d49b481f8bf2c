package io.kith.deploy.demo;

import io.kith.deploy.CommandException;
import io.kith.deploy.EdgeProducer;
import io.kith.deploy.SendingThread;
import io.kith.model.Interaction;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Sends the stream in a thread of its own, as fast as predictions come back: never more than a
 * fixed number of interactions are under way.
 */
final class Feeder implements AutoCloseable {
  /** Enough that a window never waits for room, few enough that the lag stays small. */
  private static final int UNDER_WAY = 4000;

  private final Semaphore room = new Semaphore(UNDER_WAY);
  private final SendingThread sending;
  private volatile long newest = Long.MIN_VALUE;

  Feeder(EdgeProducer producer, List<Interaction> stream) {
    this.sending = SendingThread.start("kith-demo-feeder", producer, to -> send(stream, to));
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
    return sending.sent();
  }

  void failOnFailure() throws CommandException {
    sending.failOnFailure();
  }

  private void send(List<Interaction> stream, EdgeProducer producer)
      throws CommandException, InterruptedException {
    for (Interaction interaction : stream) {
      room.acquire();
      producer.send(interaction);
      newest = interaction.timestamp();
    }
  }

  @Override
  public void close() {
    sending.close();
  }
}
