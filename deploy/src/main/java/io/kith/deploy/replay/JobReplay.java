package io.kith.deploy.replay;

import io.kith.deploy.local.EmbeddedFlink;
import io.kith.model.Weights;
import io.kith.operators.DeadLetter;
import io.kith.operators.InProcessSink;
import io.kith.operators.KithJob;
import io.kith.operators.KithOptions;
import io.kith.operators.OutputRecord;
import io.kith.operators.ScriptSource;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A replay by the whole job, on an embedded Flink without Kafka. */
final class JobReplay {
  private static final long STEP_MILLIS = 500;

  private JobReplay() {}

  static void run(ReplayPlan plan, Weights weights, ReplayProgress progress) throws Exception {
    JobOutputs outputs = new JobOutputs(progress, weights.sizes().embedding());
    Consumer<OutputRecord> embeddings =
        plan.embeddings() == null ? record -> {} : outputs::embedding;
    try (InProcessSink<OutputRecord> predictionSink = InProcessSink.to(outputs::prediction);
        InProcessSink<OutputRecord> embeddingSink = InProcessSink.to(embeddings);
        InProcessSink<DeadLetter> deadLetterSink = InProcessSink.to(JobReplay::refused);
        InProcessSink<OutputRecord> answerSink = InProcessSink.to(outputs::answer);
        InProcessSink<OutputRecord> recordSink = InProcessSink.to(outputs::record)) {
      KithJob.Ends ends =
          new KithJob.Ends(
              new ScriptSource<>(FileScript.of(plan)),
              null,
              null,
              null,
              predictionSink,
              embeddingSink,
              null,
              deadLetterSink,
              plan.pairsFile() == null ? null : answerSink,
              plan.records() == null ? null : recordSink);
      Configuration settings = settings(plan);
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
      KithJob.build(env, settings, plan.weightsFile(), ends);
      StreamGraph graph = env.getStreamGraph();
      graph.setJobName("replay");
      try (EmbeddedFlink flink = EmbeddedFlink.start(graph, settings, plan.parallelism())) {
        progress.begin();
        await(flink);
        progress.end();
      }
    }
    write(plan, outputs);
  }

  /** Partitions are in the order of windows and none falls silent, so nothing needs waiting for. */
  private static Configuration settings(ReplayPlan plan) {
    Configuration settings = new Configuration();
    settings.set(KithOptions.WINDOW, Duration.ofMillis(plan.windowMs()));
    settings.set(KithOptions.OUT_OF_ORDERNESS, Duration.ZERO);
    settings.set(KithOptions.IDLE_TIMEOUT, Duration.ZERO);
    settings.set(KithOptions.NODES, (long) plan.nodes());
    settings.set(KithOptions.NEGATIVES, 0);
    settings.set(KithOptions.EXPLAIN_SHARE, 0.0);
    settings.set(KithOptions.EMBEDDING_NEIGHBOURS, 0);
    settings.set(KithOptions.PARALLELISM, plan.parallelism());
    settings.set(KithOptions.MAX_PARALLELISM, ReplayPlan.KEY_GROUPS);
    // A replay that fails is begun again by hand, so it keeps no checkpoints.
    settings.set(KithOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(Integer.MAX_VALUE));
    settings.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return settings;
  }

  private static void await(EmbeddedFlink flink) throws Exception {
    while (flink.await(STEP_MILLIS).isEmpty()) {
      // Progress is shown as predictions come.
    }
    Optional<Throwable> failure = flink.failure();
    if (failure.isPresent()) {
      throw new IllegalStateException("the job has failed: " + failure.get(), failure.get());
    }
  }

  /** Self loops are left out and all else is checked before, so this is a fault of the replay. */
  private static void refused(DeadLetter letter) {
    throw new IllegalStateException("interaction refused: reason=" + letter.reason());
  }

  private static void write(ReplayPlan plan, JobOutputs outputs) throws IOException {
    if (plan.scores() != null) {
      try (Writer out = Files.newBufferedWriter(plan.scores())) {
        outputs.writeScores(out);
      }
    }
    if (plan.pairScores() != null) {
      try (Writer out = Files.newBufferedWriter(plan.pairScores())) {
        outputs.writeAnswers(out, plan.pairs());
      }
    }
    if (plan.records() != null) {
      try (Writer out = Files.newBufferedWriter(plan.records())) {
        outputs.writeRecords(out, plan.edges().nodes());
      }
    }
    if (plan.embeddings() != null) {
      try (Writer out = Files.newBufferedWriter(plan.embeddings())) {
        outputs.writeEmbeddings(out, plan.edges().nodes());
      }
    }
  }
}
