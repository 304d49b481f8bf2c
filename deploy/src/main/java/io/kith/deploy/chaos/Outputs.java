package io.kith.deploy.chaos;

import io.kith.deploy.CommandException;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.topics.TopicReader;
import io.kith.operators.KithOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;

/** Reads the committed records of the output topics into the ledger, in a thread of its own. */
final class Outputs implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Ledger ledger;
  private final List<TopicReader> readers;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final AtomicInteger emptyRounds = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;

  Outputs(Settings settings, Ledger ledger) {
    this.ledger = ledger;
    // A position that the broker does not know would be lost data, so it is an error.
    Map<String, String> properties = Map.of("auto.offset.reset", "none");
    this.readers =
        Stream.of("predictions", "embeddings", "recommendations")
            .filter(
                topic -> !topic.equals("recommendations") || settings.get(KithOptions.WHO_NEXT) > 0)
            .map(
                topic ->
                    new TopicReader(
                        settings.get(KithOptions.BOOTSTRAP_SERVERS),
                        properties,
                        settings.topic(topic),
                        true))
            .toList();
    this.thread = new Thread(this::run, "kith-chaos-outputs");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        int came = 0;
        for (TopicReader reader : readers) {
          for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
            ledger.found(record.topic(), record.key(), record.value());
            came++;
          }
        }
        if (came == 0) {
          emptyRounds.incrementAndGet();
        } else {
          emptyRounds.set(0);
        }
      }
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  /** Counts anew. */
  void countEmptyRounds() {
    emptyRounds.set(0);
  }

  /** Looks at all topics since something came, or since the count. */
  int emptyRounds() {
    return emptyRounds.get();
  }

  void failOnFailure() throws CommandException {
    Exception e = failure.get();
    if (e != null) {
      throw new CommandException("the outputs could not be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    closed = true;
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    readers.forEach(TopicReader::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
