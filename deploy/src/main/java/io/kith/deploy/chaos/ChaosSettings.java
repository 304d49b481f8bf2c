package io.kith.deploy.chaos;

import io.kith.deploy.local.CheckpointFolder;
import io.kith.deploy.settings.Settings;
import io.kith.model.Interaction;
import io.kith.operators.KithOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** The settings of the job that is to be killed: what the user wants, as far as it can be. */
final class ChaosSettings {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(500);
  private static final int PARALLELISM = 2;
  private static final int KEY_GROUPS = 16;
  private static final int SPARE_NODES = 100;

  private ChaosSettings() {}

  /** The given ones, with defaults that suit many kills in a short time. */
  static Settings withDefaults(Settings given, List<Interaction> stream) {
    Configuration flink = new Configuration(given.flink());
    withDefault(flink, KithOptions.WINDOW, WINDOW);
    withDefault(flink, KithOptions.CHECKPOINT_INTERVAL, CHECKPOINT_INTERVAL);
    withDefault(flink, KithOptions.PARALLELISM, PARALLELISM);
    withDefault(flink, KithOptions.MAX_PARALLELISM, KEY_GROUPS);
    withDefault(flink, KithOptions.NODES, nodes(stream) + SPARE_NODES);
    return new Settings(flink, given.kafka());
  }

  private static <T> void withDefault(Configuration flink, ConfigOption<T> option, T value) {
    if (!flink.contains(option)) {
      flink.set(option, value);
    }
  }

  private static long nodes(List<Interaction> stream) {
    Set<String> nodes = new HashSet<>();
    for (Interaction interaction : stream) {
      nodes.add(interaction.source());
      nodes.add(interaction.target());
    }
    return nodes.size();
  }

  /** The same, for the processes of this run: nothing outside of its folder is touched. */
  static Settings bound(Settings settings, String bootstrapServers, Path folder) {
    Configuration flink = new Configuration(settings.flink());
    flink.set(KithOptions.BOOTSTRAP_SERVERS, bootstrapServers);
    flink.set(KithOptions.CHECKPOINT_DIR, CheckpointFolder.of(folder.resolve("checkpoints")).uri());
    if (flink.contains(KithOptions.STATE_DIR)) {
      flink.set(KithOptions.STATE_DIR, folder.resolve("state").toAbsolutePath().toString());
    }
    flink.removeConfig(KithOptions.INPUT_PREFIX);
    // How long somebody was silent is decided by the clock on the wall, which kills do disturb.
    flink.set(KithOptions.IDLE_TIMEOUT, Duration.ZERO);
    flink.set(KithOptions.TIMESTAMP_UNIT, KithOptions.TimestampUnit.MILLISECONDS);
    return new Settings(flink, settings.kafka());
  }

  /** What closes the last window of a stream, after its last interaction, ms. */
  static long closesAfterMs(Settings settings) {
    return settings.get(KithOptions.WINDOW).toMillis()
        + settings.get(KithOptions.OUT_OF_ORDERNESS).toMillis()
        + 1;
  }
}
