package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the job asks of Flink. */
class KithJobConfigurationTest {
  private final Configuration settings = new Configuration();

  @Test
  void checkpointsAreIncremental() {
    ReadableConfig flink = configured(new Configuration());

    assertThat(flink.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
    assertThat(flink.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
  }

  @Test
  void aClustersOwnBackendStays() {
    Configuration cluster = new Configuration();
    cluster.set(StateBackendOptions.STATE_BACKEND, "hashmap");

    assertThat(configured(cluster).get(StateBackendOptions.STATE_BACKEND)).isEqualTo("hashmap");
  }

  @ParameterizedTest
  @CsvSource({
    "/var/lib/kith/checkpoints, file:///var/lib/kith/checkpoints",
    "/with blank, file:///with blank",
    "s3://bucket/kith, s3://bucket/kith",
    "file:///data, file:///data"
  })
  void aFolderOfCheckpointsIsAPathOrAUri(String said, String flinks) {
    settings.set(KithOptions.CHECKPOINT_DIR, said);
    ReadableConfig flink = configured(new Configuration());

    assertThat(flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).isEqualTo(flinks);
    assertThat(flink.get(CheckpointingOptions.SAVEPOINT_DIRECTORY)).isEqualTo(flinks);
  }

  private ReadableConfig configured(Configuration cluster) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(cluster);
    settings.set(KithOptions.BOOTSTRAP_SERVERS, "localhost:9092");
    KithJob.build(env, settings, Golden.weightsFile());
    return env.getConfiguration();
  }
}
