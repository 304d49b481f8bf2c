package io.kith.deploy.settings;

import io.kith.operators.KithOptions;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Settings that have been checked.
 *
 * @param flink every setting of {@link KithOptions} that was given, typed; Kafka properties too,
 *     under their names with {@code kafka.} before them
 * @param kafka properties for Kafka clients, without the prefix and without the bootstrap servers
 */
public record Settings(Configuration flink, Map<String, String> kafka) {
  public Settings {
    kafka = Map.copyOf(kafka);
  }

  public <T> T get(ConfigOption<T> option) {
    return flink.get(option);
  }

  /** Name of a topic: prefix, dot, {@code suffix}. */
  public String topic(String suffix) {
    return get(KithOptions.PREFIX) + "." + suffix;
  }

  /** Name of a topic that the job reads: it may be another job's. */
  public String inputTopic(String suffix) {
    return flink.getOptional(KithOptions.INPUT_PREFIX).orElse(get(KithOptions.PREFIX))
        + "."
        + suffix;
  }

  /** Names only: properties of Kafka may be secrets. */
  @Override
  public String toString() {
    return "Settings[names=%s]".formatted(flink.keySet());
  }
}
