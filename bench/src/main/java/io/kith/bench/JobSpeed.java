package io.kith.bench;

import io.kith.deploy.local.EmbeddedFlink;
import io.kith.deploy.local.ModelFile;
import io.kith.model.Interaction;
import io.kith.operators.DeadLetter;
import io.kith.operators.InProcessSink;
import io.kith.operators.KithJob;
import io.kith.operators.KithOptions;
import io.kith.operators.OutputRecord;
import io.kith.operators.ScriptSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * The whole job on an embedded Flink, source and sinks in memory, JSON written. The recorded
 * interactions come at the times of a live stream, {@value #PER_WINDOW} in a window: as recorded, a
 * window would hold one.
 */
final class JobSpeed implements Measure {
  static final long WINDOW_MS = 100;
  static final int PER_WINDOW = 1_000;
  private static final long STEP_MS = 200;

  private final BenchStream stream;
  private final int parallelism;
  private final int lists;
  private final String target;

  /**
   * @param lists next partners listed for each source after each window; 0 for none
   */
  JobSpeed(BenchStream stream, int parallelism, int lists, String target) {
    this.stream = stream;
    this.parallelism = parallelism;
    this.lists = lists;
    this.target = target;
  }

  @Override
  public String name() {
    return "job-" + parallelism + (lists > 0 ? "-lists" : "");
  }

  @Override
  public String what() {
    return "the job in memory, parallelism %d, one negative%s: k interactions/s"
        .formatted(parallelism, lists > 0 ? ", lists of " + lists : "");
  }

  @Override
  public String target() {
    return target;
  }

  /** With lists it is a figure of its own. */
  @Override
  public boolean isUsual() {
    return lists == 0;
  }

  @Override
  public double[] run(int repeats, Consumer<String> step) throws Exception {
    RecordedArrivals.play(live(stream.interactions()));
    step.accept("warming up");
    once();
    double[] speeds = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      step.accept("round %d of %d".formatted(i + 1, repeats));
      speeds[i] = once();
    }
    return speeds;
  }

  /** The same interactions in the same order, evenly in time. */
  static List<Interaction> live(List<Interaction> recorded) {
    List<Interaction> live = new ArrayList<>(recorded.size());
    for (Interaction interaction : recorded) {
      live.add(
          new Interaction(
              interaction.source(),
              interaction.sourceKey(),
              interaction.target(),
              interaction.targetKey(),
              live.size() * WINDOW_MS / PER_WINDOW,
              interaction.features()));
    }
    return live;
  }

  private double once() throws Exception {
    Pace predictions = new Pace();
    try (InProcessSink<OutputRecord> predictionSink =
            InProcessSink.to(record -> predictions.step());
        InProcessSink<OutputRecord> embeddingSink = InProcessSink.to(record -> {});
        InProcessSink<OutputRecord> listSink = InProcessSink.to(record -> {});
        InProcessSink<DeadLetter> deadLetterSink =
            InProcessSink.to(
                letter -> {
                  throw new IllegalStateException("refused: reason=" + letter.reason());
                })) {
      Configuration settings = settings();
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
      KithJob.build(
          env,
          settings,
          ModelFile.bundled(),
          new KithJob.Ends(
              new ScriptSource<>(new RecordedArrivals(parallelism)),
              null,
              predictionSink,
              embeddingSink,
              listSink,
              deadLetterSink));
      StreamGraph graph = env.getStreamGraph();
      try (EmbeddedFlink flink = EmbeddedFlink.start(graph, settings, parallelism)) {
        while (flink.await(STEP_MS).isEmpty()) {
          // It ends by itself.
        }
        Optional<Throwable> failure = flink.failure();
        if (failure.isPresent()) {
          throw new IllegalStateException("the job has failed: " + failure.get(), failure.get());
        }
      }
    }
    if (predictions.count() != stream.interactions().size()) {
      throw new IllegalStateException(
          "predictions missing: found=%d, expected=%d"
              .formatted(predictions.count(), stream.interactions().size()));
    }
    return predictions.thousandsPerSecond();
  }

  private Configuration settings() {
    Configuration settings = new Configuration();
    settings.set(KithOptions.WINDOW, Duration.ofMillis(WINDOW_MS));
    settings.set(KithOptions.OUT_OF_ORDERNESS, Duration.ZERO);
    settings.set(KithOptions.IDLE_TIMEOUT, Duration.ZERO);
    settings.set(KithOptions.NODES, (long) stream.nodes());
    settings.set(KithOptions.NEGATIVES, 1);
    settings.set(KithOptions.PARALLELISM, parallelism);
    settings.set(KithOptions.WHO_NEXT, lists);
    settings.set(KithOptions.WHO_NEXT_EVERY, Duration.ZERO);
    settings.set(KithOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(Integer.MAX_VALUE));
    settings.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return settings;
  }
}
