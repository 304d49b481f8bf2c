package io.kith.deploy.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Gives a command a flag for each setting it uses, and reads the values back. */
public final class SettingFlags {
  private static final String CONFIG = "--config";
  private static final String KAFKA = "--kafka";

  private final List<ConfigOption<?>> options;

  public SettingFlags(List<ConfigOption<?>> options) {
    this.options = List.copyOf(options);
  }

  /** Adds {@code --config}, {@code --kafka} and a flag named like each setting. */
  public void addTo(CommandSpec command) {
    command.addOption(
        OptionSpec.builder(CONFIG)
            .type(Path.class)
            .paramLabel("FILE")
            .description("Settings file (YAML: 'window: 1 s'). Environment and flags overrule it.")
            .build());
    for (ConfigOption<?> option : options) {
      command.addOption(
          OptionSpec.builder("--" + option.key())
              .type(String.class)
              .paramLabel(SettingTypes.label(SettingTypes.of(option)))
              .description(escape(SettingsPage.describe(option) + SettingsPage.defaultOf(option)))
              .build());
    }
    command.addOption(
        OptionSpec.builder(KAFKA)
            .type(Map.class)
            .auxiliaryTypes(String.class, String.class)
            .paramLabel("NAME=VALUE")
            .description(
                "Property of Kafka's clients, passed on as it is; in the settings file 'kafka.NAME:"
                    + " VALUE'. May be repeated.")
            .build());
  }

  /** The file that was named, if any. */
  public static Optional<Path> file(ParseResult parsed) {
    return Optional.ofNullable(parsed.matchedOptionValue(CONFIG, null));
  }

  /** What was given by flags, by setting; Kafka properties with {@code kafka.} before them. */
  public Map<String, String> values(ParseResult parsed) {
    Map<String, String> values = new LinkedHashMap<>();
    for (ConfigOption<?> option : options) {
      String value = parsed.matchedOptionValue("--" + option.key(), null);
      if (value != null) {
        values.put(option.key(), value);
      }
    }
    Map<String, String> kafka = parsed.matchedOptionValue(KAFKA, Map.of());
    kafka.forEach((name, value) -> values.put(Sources.KAFKA + name, value));
    unknown(parsed.unmatched()).forEach(values::putIfAbsent);
    return values;
  }

  /** Unmatched flags are faults like others: the loader names them all at once. */
  private static Map<String, String> unknown(List<String> unmatched) {
    Map<String, String> unknown = new LinkedHashMap<>();
    List<String> rest = new ArrayList<>(unmatched);
    while (!rest.isEmpty()) {
      String word = rest.remove(0);
      String name = word.startsWith("--") ? word.substring(2) : word;
      int equals = name.indexOf('=');
      if (equals >= 0) {
        unknown.put(name.substring(0, equals), name.substring(equals + 1));
      } else {
        boolean valueFollows = !rest.isEmpty() && !rest.get(0).startsWith("-");
        unknown.put(name, valueFollows ? rest.remove(0) : "");
      }
    }
    return unknown;
  }

  /** Picocli takes a percent sign for a format. */
  private static String escape(String text) {
    return text.replace("%", "%%");
  }
}
