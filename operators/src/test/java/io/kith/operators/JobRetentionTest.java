package io.kith.operators;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kith.model.Interaction;
import io.kith.operators.KithOptions.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the whole job forgets, on the off-heap store; that restarts do not show: JobRecoveryTest.
 */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JobRetentionTest {
  private static final long WINDOW = 60_000;
  private static final int KEY_GROUPS = 8;

  private static final int NEGATIVES = 5;

  /** Fewer than half of those there are, and of these some have nothing to do for two days. */
  static final Retention FEW = new Retention(240, Duration.ofDays(2).toMillis(), WhenFull.FORGET);

  @RegisterExtension static final MiniClusterExtension CLUSTER = JobClusters.of(2, 4);

  private final List<Interaction> edges = twice(Golden.edges().subList(0, 3_000));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void forgetsWhatTheDirectReplayForgetsAtAnyParallelism(int parallelism) throws Exception {
    JobRun run = JobRun.of(settings(parallelism, FEW), Scripts.of(edges, 3));

    assertThat(run.predictionsAlone()).isEqualTo(replay(edges, FEW));
  }

  @Test
  void bothWaysOfForgettingShow() {
    Retention all = Retention.ofAll(4_000);
    Retention recent = new Retention(4_000, FEW.ttl(), WhenFull.STOP);
    assertThat(replay(edges, recent)).isNotEqualTo(replay(edges, all));
    assertThat(replay(edges, FEW)).isNotEqualTo(replay(edges, recent));
  }

  @Test
  void aFullStoreStopsTheJobForGood() throws Exception {
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    try (JobRun run = new JobRun()) {
      JobClient job = run.start(flink, settings(1, Retention.ofAll(200)), Scripts.of(edges, 1));
      assertThatThrownBy(() -> job.getJobExecutionResult().get(1, TimeUnit.MINUTES))
          .hasStackTraceContaining(
              "more nodes than fit: raise nodes, or have some forgotten by when-full or node-ttl;"
                  + " nodes=200, of this subtask=200, when-full=STOP");
    }
  }

  /** Of a stream of ever new nodes, forty times as many as fit. */
  @Test
  @Tag("long")
  @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void churnNeitherFailsNorShows() throws Exception {
    List<Interaction> stream = new ArrayList<>();
    for (Interaction i : Golden.edges()) {
      for (int copy = 0; copy < 40; copy++) {
        stream.add(
            new Interaction(
                i.source() + "-" + copy,
                i.target() + "-" + copy,
                i.timestamp() + copy * Duration.ofDays(20).toMillis()));
      }
    }
    stream.sort(Interaction.CANONICAL);
    JobRun run = JobRun.of(settings(2, FEW), Scripts.of(stream, 3));
    assertThat(run.predictionsAlone()).isEqualTo(replay(stream, FEW));
  }

  /** And once more, after a pause in which the time of all nodes comes to its end. */
  private static List<Interaction> twice(List<Interaction> edges) {
    List<Interaction> twice = new ArrayList<>(edges);
    for (Interaction i : edges) {
      long later = i.timestamp() + Duration.ofDays(30).toMillis();
      twice.add(new Interaction(i.source(), i.target(), later));
    }
    return twice;
  }

  static Configuration settings(int parallelism, Retention retention) {
    Configuration settings = JobRun.settings(parallelism, WINDOW);
    settings.set(KithOptions.MAX_PARALLELISM, KEY_GROUPS);
    settings.set(KithOptions.NEGATIVES, NEGATIVES);
    settings.set(KithOptions.NODES, retention.nodes());
    settings.set(KithOptions.NODE_TTL, Duration.ofMillis(retention.ttl()));
    settings.set(KithOptions.WHEN_FULL, retention.whenFull());
    return settings;
  }

  /** The predictions of the direct engine as the job writes them, sorted. */
  static List<String> replay(List<Interaction> edges, Retention retention) {
    OutputJson json = new OutputJson(Golden.weights(), 0);
    List<String> predictions = new ArrayList<>();
    LocalReplay.Settings settings =
        new LocalReplay.Settings(
            WINDOW, JobRun.predictionDefaults(NEGATIVES), KEY_GROUPS, 1, retention);
    try (LocalReplay replay = new LocalReplay(Golden.weights(), settings)) {
      replay.run(
          edges.iterator(),
          List.of(),
          (interaction, prediction) ->
              predictions.add(new String(json.prediction(prediction).value(), UTF_8)));
    }
    predictions.sort(null);
    return predictions;
  }
}
