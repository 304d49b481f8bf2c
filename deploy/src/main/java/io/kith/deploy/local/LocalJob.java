package io.kith.deploy.local;

import io.kith.deploy.settings.Settings;
import io.kith.operators.KithJob;
import io.kith.operators.KithOptions;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Kith's job on an embedded Flink. */
public final class LocalJob {
  private LocalJob() {}

  /**
   * Starts it.
   *
   * @param checkpoints folder used where the settings name none
   */
  public static EmbeddedFlink start(Settings settings, Path checkpoints) throws Exception {
    Configuration flink = EmbeddedFlink.withDefaults(settings.flink());
    if (!flink.contains(KithOptions.CHECKPOINT_DIR)) {
      flink.set(KithOptions.CHECKPOINT_DIR, checkpoints.toUri().toString());
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    KithJob.build(env, flink, ModelFile.read(settings));
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(settings.topic("job"));
    return EmbeddedFlink.start(graph, flink, flink.get(KithOptions.PARALLELISM));
  }
}
