package io.kith.deploy.chaos;

import io.kith.deploy.edges.Recording;
import io.kith.deploy.local.EmbeddedFlink;
import io.kith.deploy.settings.Settings;
import io.kith.model.Interaction;
import io.kith.operators.Arrival;
import io.kith.operators.ArrivalScript;
import io.kith.operators.DeadLetter;
import io.kith.operators.InProcessSink;
import io.kith.operators.KithJob;
import io.kith.operators.KithOptions;
import io.kith.operators.Origin;
import io.kith.operators.OutputRecord;
import io.kith.operators.ScriptSource;
import io.kith.streams.EdgeJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The job in this process, on one partition, at parallelism 1, without Kafka and unharmed. */
final class Undisturbed {
  private static final long STEP_MILLIS = 500;

  private Undisturbed() {}

  /** Takes what the job says; records of one topic come from one thread. */
  @FunctionalInterface
  interface Listener {
    void said(String topic, byte[] key, byte[] value);
  }

  /**
   * Runs it to its end.
   *
   * @param settings as of the job that is to be killed
   * @param stream by time
   * @param folder for the stream on its way to the job
   */
  static void run(
      Settings settings, byte[] model, List<Interaction> stream, Path folder, Listener listener)
      throws Exception {
    Path file = folder.resolve("stream.jsonl");
    write(stream, file);
    try (InProcessSink<OutputRecord> predictions =
            telling(settings.topic("predictions"), listener);
        InProcessSink<OutputRecord> embeddings = telling(settings.topic("embeddings"), listener);
        InProcessSink<OutputRecord> lists =
            tellingThrough(
                lastLists(settings, stream), settings.topic("recommendations"), listener);
        InProcessSink<DeadLetter> deadLetters = InProcessSink.to(Undisturbed::refused)) {
      Configuration alone = alone(settings.flink());
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(alone);
      KithJob.build(
          env,
          alone,
          model,
          new KithJob.Ends(
              new ScriptSource<>(new FromFile(file.toString())),
              null,
              predictions,
              embeddings,
              settings.get(KithOptions.WHO_NEXT) > 0 ? lists : null,
              deadLetters));
      StreamGraph graph = env.getStreamGraph();
      graph.setJobName("undisturbed");
      try (EmbeddedFlink flink = EmbeddedFlink.start(graph, alone, 1)) {
        while (flink.await(STEP_MILLIS).isEmpty()) {
          // It ends with the stream.
        }
        Optional<Throwable> failure = flink.failure();
        if (failure.isPresent()) {
          throw new IllegalStateException(
              "the undisturbed job has failed: " + failure.get(), failure.get());
        }
      }
    }
  }

  private static InProcessSink<OutputRecord> telling(String topic, Listener listener) {
    return InProcessSink.to(record -> listener.said(topic, record.key(), record.value()));
  }

  /**
   * Lists come when a later window is closed: those after the last one only at the end of a stream,
   * to which the job that is killed never comes.
   */
  private static InProcessSink<OutputRecord> tellingThrough(
      long time, String topic, Listener listener) {
    return InProcessSink.to(
        record -> {
          if (record.timestamp() <= time) {
            listener.said(topic, record.key(), record.value());
          }
        });
  }

  /** The end of the last windows whose lists come when the stream's last window is closed. */
  private static long lastLists(Settings settings, List<Interaction> stream) {
    long last = stream.get(stream.size() - 1).timestamp();
    return last + Math.min(1, settings.get(KithOptions.WINDOW).toMillis());
  }

  private static void refused(DeadLetter letter) {
    throw new IllegalStateException("interaction refused: reason=" + letter.reason());
  }

  private static Configuration alone(Configuration settings) {
    Configuration alone = new Configuration(settings);
    alone.set(KithOptions.PARALLELISM, 1);
    alone.set(KithOptions.IDLE_TIMEOUT, Duration.ZERO);
    // One that fails is begun again by hand, so it keeps no checkpoints.
    alone.set(KithOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(Integer.MAX_VALUE));
    alone.removeConfig(KithOptions.CHECKPOINT_DIR);
    alone.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
    alone.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return alone;
  }

  private static void write(List<Interaction> stream, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (Interaction interaction : stream) {
        out.write(EdgeJson.of(interaction));
        out.write('\n');
      }
    }
  }

  /** Scripts travel to the tasks, interactions cannot. */
  private record FromFile(String file) implements ArrivalScript {
    @Override
    public int partitions() {
      return 1;
    }

    @Override
    public Iterator<Arrival> open(int partition, long from) {
      try {
        List<Interaction> all = Recording.read(Path.of(file), Long.MAX_VALUE);
        return new Arrivals(all.listIterator((int) from), from);
      } catch (IOException e) {
        throw new UncheckedIOException("stream cannot be read: file=" + file, e);
      }
    }
  }

  private static final class Arrivals implements Iterator<Arrival> {
    private final Iterator<Interaction> interactions;
    private long offset;

    Arrivals(Iterator<Interaction> interactions, long offset) {
      this.interactions = interactions;
      this.offset = offset;
    }

    @Override
    public boolean hasNext() {
      return interactions.hasNext();
    }

    @Override
    public Arrival next() {
      return Arrival.of(new Origin("edges", 0, offset++, 0), interactions.next());
    }
  }
}
