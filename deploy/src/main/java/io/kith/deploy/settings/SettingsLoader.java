package io.kith.deploy.settings;

import io.kith.operators.KithOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Turns what people give into checked settings: defaults, overruled by the settings file, overruled
 * by the environment, overruled by flags. Every fault is found before anything starts.
 */
public final class SettingsLoader {
  private final Map<String, ConfigOption<?>> known =
      KithOptions.ALL.stream()
          .collect(Collectors.toMap(ConfigOption::key, o -> o, (a, b) -> a, LinkedHashMap::new));
  private final Map<String, String> environment;

  /**
   * Reads from these variables.
   *
   * @param environment variables of the process; those not named {@code KITH_...} are ignored
   */
  public SettingsLoader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads and checks everything.
   *
   * @param file settings file, where one is given
   * @param flags value by setting; Kafka properties with {@code kafka.} before their names
   * @param required settings that must be there
   * @throws SettingsException holding all faults
   */
  public Settings load(Optional<Path> file, Map<String, String> flags, ConfigOption<?>... required)
      throws SettingsException {
    List<Fault> faults = new ArrayList<>();
    Map<String, Given> given = new TreeMap<>();
    file.ifPresent(f -> Sources.file(f, faults).forEach(g -> given.put(g.setting(), g)));
    Sources.environment(environment).forEach(g -> given.put(g.setting(), g));
    Sources.flags(flags).forEach(g -> given.put(g.setting(), g));

    Configuration flink = new Configuration();
    Map<String, String> kafka = new HashMap<>();
    for (Given g : given.values()) {
      if (known.containsKey(g.setting())) {
        SettingValues.parse(known.get(g.setting()), g, flink, faults);
      } else if (g.setting().startsWith(Sources.KAFKA)) {
        kafkaProperty(g, kafka, flink, faults);
      } else {
        faults.add(unknown(g));
      }
    }
    for (ConfigOption<?> option : required) {
      if (!given.containsKey(option.key())) {
        faults.add(
            Fault.missing(
                option.key(),
                "give --%s, %s or a line in the file of --config"
                    .formatted(option.key(), Sources.variable(option.key()))));
      }
    }
    SettingRules.check(flink, given, faults);
    if (!faults.isEmpty()) {
      throw new SettingsException(faults);
    }
    return new Settings(flink, kafka);
  }

  private static void kafkaProperty(
      Given given, Map<String, String> kafka, Configuration flink, List<Fault> faults) {
    String property = given.setting().substring(Sources.KAFKA.length());
    Optional<String> instead = KafkaProperties.refused(property);
    if (instead.isPresent()) {
      faults.add(
          new Fault(
              given.setting(), "is set by kith", instead.get(), given.source(), given.value()));
      return;
    }
    kafka.put(property, given.value());
    flink.setString(given.setting(), given.value());
  }

  private Fault unknown(Given given) {
    String nearest =
        known.keySet().stream()
            .min(Comparator.comparingInt(name -> Spelling.distance(name, given.setting())))
            .orElseThrow();
    return new Fault(
        given.setting(),
        "is not a setting",
        "the nearest is " + nearest,
        given.source(),
        given.value());
  }
}
