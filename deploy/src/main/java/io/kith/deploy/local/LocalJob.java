package io.kith.deploy.local;

import io.kith.deploy.settings.Settings;
import io.kith.operators.KithJob;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Kith's job, and the same on an embedded Flink. */
public final class LocalJob {
  private LocalJob() {}

  /**
   * Starts it.
   *
   * @param checkpoints folder used where the settings name none
   * @param restore checkpoint or savepoint to go on from
   */
  public static EmbeddedFlink start(
      Settings settings, Path checkpoints, Optional<CheckpointFolder> restore) throws Exception {
    Configuration flink = EmbeddedFlink.withDefaults(settings.flink());
    CheckpointFolder folder =
        flink
            .getOptional(KithOptions.CHECKPOINT_DIR)
            .map(CheckpointFolder::of)
            .orElse(CheckpointFolder.of(checkpoints));
    flink.set(KithOptions.CHECKPOINT_DIR, folder.uri());
    StreamGraph graph = graph(settings, flink, restore);
    return EmbeddedFlink.start(graph, flink, flink.get(KithOptions.PARALLELISM));
  }

  /**
   * The job, ready to be submitted.
   *
   * @param flink the settings with what the cluster adds to them
   * @param restore checkpoint or savepoint to go on from
   */
  public static StreamGraph graph(
      Settings settings, Configuration flink, Optional<CheckpointFolder> restore)
      throws IOException {
    Configuration all = new Configuration(flink);
    restore.ifPresent(from -> all.set(StateRecoveryOptions.SAVEPOINT_PATH, from.uri()));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(all);
    KithJob.build(env, all, ModelFile.read(settings));
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(settings.topic("job"));
    return graph;
  }
}
