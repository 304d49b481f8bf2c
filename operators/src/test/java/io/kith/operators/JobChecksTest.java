package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class JobChecksTest {
  @Test
  void theDefaultsAreSound() {
    JobSettings settings =
        JobChecks.check(
            new Configuration(), new Configuration(), Golden.weightsFile(), true, false);
    assertThat(settings.windows().length()).isEqualTo(1_000);
    assertThat(settings.keyGroups()).isEqualTo(new KeyGroups(128, 1));
  }

  @Test
  void allFaultsAreToldAtOnce() {
    Configuration settings = new Configuration();
    settings.setString("parallelism", "9");
    settings.setString("max-parallelism", "8");
    settings.setString("window", "-1 s");
    settings.setString("negatives", "many");
    settings.setString("nodes", "0");
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
    flink.setString("execution.runtime-mode", "BATCH");

    assertThatThrownBy(() -> JobChecks.check(settings, flink, new byte[3], false, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("configuration has 8 faults: ")
        .hasMessageContaining("no Kafka to read from: set it to host:port; bootstrap-servers=null")
        .hasMessageContaining("execution.checkpointing.unaligned.enabled=true")
        .hasMessageContaining("execution.runtime-mode=BATCH")
        .hasMessageContaining("not a safetensors file: header=-1, length=3")
        .hasMessageContaining("parallelism=9, max-parallelism=8")
        .hasMessageContaining("window cannot be read")
        .hasMessageContaining("negatives cannot be read")
        .hasMessageContaining("nodes too small: nodes=0, least=1");
  }
}
