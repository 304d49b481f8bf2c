package io.kith.deploy.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kith.deploy.CommandException;
import io.kith.deploy.EdgeProducer;
import io.kith.deploy.RootCause;
import io.kith.deploy.local.LocalStack;
import io.kith.deploy.topics.TopicReader;
import io.kith.model.Prediction;
import io.kith.streams.Quality;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sends the stream to Kafka, reads back from Kafka what the job and the quality application make of
 * it, and shows how things stand. One thread, besides the feeder's.
 */
final class Demo implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long SHOW_EVERY_NANOS = 150_000_000L;

  /** Longer than any pause of a sound run, a checkpoint or a slow disk included. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalStack stack;
  private final DemoStream stream;
  private final DemoScreen screen;
  private final Progress progress;
  private final Feeder feeder;
  private final TopicReader predictions;
  private final TopicReader qualities;
  private long shown;
  private long movedAt = System.nanoTime();

  /**
   * Starts to feed the stack, whose job must be running.
   *
   * @param begun when the command was started, {@link System#nanoTime}
   */
  Demo(LocalStack stack, DemoStream stream, DemoScreen screen, long begun) {
    this.stack = stack;
    this.stream = stream;
    this.screen = screen;
    this.progress = new Progress(begun, stream.firstUnseen());
    String servers = stack.bootstrapServers();
    predictions = new TopicReader(servers, Map.of(), stack.settings().topic("predictions"), true);
    qualities = new TopicReader(servers, Map.of(), stack.settings().topic("quality"), true);
    feeder =
        new Feeder(
            new EdgeProducer(servers, Map.of(), stack.settings().topic("edges")),
            stream.interactions());
  }

  /**
   * Returns when every prediction, and the figures over all of them, have been read back.
   *
   * @throws CommandException where the job, the quality application or the feeder failed, or
   *     nothing has moved for a minute
   */
  Progress run() throws CommandException, IOException, InterruptedException {
    long unseen = stream.unseen();
    while (progress.predictions() < stream.size() || !counted(unseen)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int came = read();
      long now = System.nanoTime();
      if (came > 0) {
        movedAt = now;
      }
      if (now - shown >= SHOW_EVERY_NANOS) {
        shown = now;
        screen.show(progress, feeder.newest(), now);
      }
      failOnFailure(now);
    }
    screen.show(progress, feeder.newest(), System.nanoTime());
    return progress;
  }

  private boolean counted(long unseen) {
    // Two equal messages within a millisecond give equal predictions, which count as a repeat.
    return progress.total().map(q -> q.predictions() + q.repeats() >= unseen).orElse(false);
  }

  private int read() throws IOException {
    int came = 0;
    for (ConsumerRecord<byte[], byte[]> entry : predictions.poll(POLL)) {
      progress.add(JSON.readValue(entry.value(), Prediction.class), System.nanoTime());
      came++;
    }
    feeder.arrived(came);
    for (ConsumerRecord<byte[], byte[]> entry : qualities.poll(Duration.ZERO)) {
      progress.add(JSON.readValue(entry.value(), Quality.class));
      came++;
    }
    return came;
  }

  private void failOnFailure(long now) throws CommandException {
    feeder.failOnFailure();
    if (stack.flink().ended()) {
      Throwable cause =
          stack.flink().failure().orElse(new IllegalStateException("it was cancelled"));
      throw new CommandException("the Flink job has ended: " + RootCause.of(cause), cause);
    }
    if (!stack.quality().isAlive()) {
      throw new CommandException("the quality application has ended: log=" + stack.quality().log());
    }
    if (stack.serving() != null && !stack.serving().isAlive()) {
      throw new CommandException("the serving application has ended: log=" + stack.serving().log());
    }
    if (now - movedAt > PATIENCE_NANOS) {
      throw new CommandException(
          "nothing has come back from Kafka for a minute: predictions=%d, sent=%d, expected=%d"
              .formatted(progress.predictions(), feeder.sent(), stream.size()));
    }
  }

  @Override
  public void close() {
    feeder.close();
    predictions.close();
    qualities.close();
  }
}
