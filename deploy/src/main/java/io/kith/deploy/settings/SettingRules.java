package io.kith.deploy.settings;

import io.kith.operators.KithOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Bounds of the settings, each by itself and against each other. */
final class SettingRules {
  /** Flink's own bound on key groups. */
  private static final int MOST_KEY_GROUPS = 1 << 15;

  private static final int MOST_NEIGHBOURS = 1000;

  private static final Pattern SERVERS =
      Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*|\\[[0-9a-fA-F:]+]:\\d{1,5}");

  /** Kafka allows 249 characters; ours add at most 20. */
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

  private final Configuration values;
  private final Map<String, Given> given;
  private final List<Fault> faults;

  private SettingRules(Configuration values, Map<String, Given> given, List<Fault> faults) {
    this.values = values;
    this.given = given;
    this.faults = faults;
  }

  /** Adds a fault for every given value that is out of bounds. */
  static void check(Configuration values, Map<String, Given> given, List<Fault> faults) {
    new SettingRules(values, given, faults).all();
  }

  private void all() {
    matches(KithOptions.BOOTSTRAP_SERVERS, SERVERS, "write host:port, several with commas between");
    String topicRule = "write letters, digits, '.', '_' and '-' only, 200 at most";
    matches(KithOptions.PREFIX, TOPIC, topicRule);
    matches(KithOptions.INPUT_PREFIX, TOPIC, topicRule);
    atLeast(KithOptions.NODES, 1L);
    atLeast(KithOptions.MAX_ID_BYTES, 1);
    atLeast(KithOptions.NEGATIVES, 0);
    atLeast(KithOptions.EXPLAIN_SHARE, 0.0);
    atMost(KithOptions.EXPLAIN_SHARE, 1.0);
    atLeast(KithOptions.EXPLAIN_NEIGHBOURS, 0);
    atMost(KithOptions.EXPLAIN_NEIGHBOURS, MOST_NEIGHBOURS);
    atLeast(KithOptions.EMBEDDING_NEIGHBOURS, 0);
    atMost(KithOptions.EMBEDDING_NEIGHBOURS, MOST_NEIGHBOURS);
    atLeast(KithOptions.PARALLELISM, 1);
    atLeast(KithOptions.MAX_PARALLELISM, 1);
    atMost(KithOptions.MAX_PARALLELISM, MOST_KEY_GROUPS);
    atLeast(KithOptions.WINDOW, Duration.ZERO);
    atLeast(KithOptions.OUT_OF_ORDERNESS, Duration.ZERO);
    atLeast(KithOptions.IDLE_TIMEOUT, Duration.ZERO);
    atLeast(KithOptions.TIMESTAMP_MAX_AHEAD, Duration.ZERO);
    atLeast(KithOptions.CHECKPOINT_INTERVAL, Duration.ofMillis(10));
    readable(KithOptions.MODEL);
    int parallelism = values.get(KithOptions.PARALLELISM);
    int most = values.get(KithOptions.MAX_PARALLELISM);
    if (most >= 1 && most <= MOST_KEY_GROUPS && parallelism > most) {
      fault(
          KithOptions.PARALLELISM,
          "is above max-parallelism",
          "lower it to " + most + " or raise max-parallelism");
    }
  }

  private void matches(ConfigOption<String> option, Pattern pattern, String remedy) {
    values
        .getOptional(option)
        .filter(value -> !pattern.matcher(value).matches())
        .ifPresent(value -> fault(option, "is malformed", remedy));
  }

  private <T extends Comparable<T>> void atLeast(ConfigOption<T> option, T least) {
    values
        .getOptional(option)
        .filter(value -> value.compareTo(least) < 0)
        .ifPresent(
            value ->
                fault(option, "is too small", "at least " + SettingValues.text((Object) least)));
  }

  private <T extends Comparable<T>> void atMost(ConfigOption<T> option, T most) {
    values
        .getOptional(option)
        .filter(value -> value.compareTo(most) > 0)
        .ifPresent(value -> fault(option, "is too large", "at most " + most));
  }

  private void readable(ConfigOption<String> option) {
    values
        .getOptional(option)
        .filter(file -> !Files.isReadable(Path.of(file)) || Files.isDirectory(Path.of(file)))
        .ifPresent(file -> fault(option, "is not a readable file", "name an existing one"));
  }

  private void fault(ConfigOption<?> option, String problem, String remedy) {
    Given g = given.get(option.key());
    faults.add(
        g == null
            ? new Fault(
                option.key(), problem, remedy, "default", SettingValues.text(values.get(option)))
            : new Fault(option.key(), problem, remedy, g.source(), g.value()));
  }
}
