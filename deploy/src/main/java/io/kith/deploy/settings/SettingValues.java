package io.kith.deploy.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Text to typed values and back, by Flink's own conversions. */
final class SettingValues {
  private SettingValues() {}

  /** Sets the option, or adds what is wrong with the text. */
  static <T> void parse(
      ConfigOption<T> option, Given given, Configuration into, List<Fault> faults) {
    Class<?> type = SettingTypes.of(option);
    String text = given.value().strip();
    if (type.isEnum()) {
      text = text.toUpperCase(Locale.ROOT).replace('-', '_');
    }
    if (text.isEmpty()) {
      faults.add(
          new Fault(
              option.key(), "is empty", "leave it out or give a value", given.source(), "''"));
      return;
    }
    Configuration raw = new Configuration();
    raw.setString(option.key(), text);
    try {
      into.set(option, raw.get(option));
    } catch (IllegalArgumentException e) {
      faults.add(
          new Fault(
              option.key(),
              "is not " + SettingTypes.name(type),
              "write " + SettingTypes.example(type),
              given.source(),
              given.value()));
    }
  }

  /** A value as one would write it. */
  static String text(Object value) {
    if (value instanceof Duration duration) {
      return duration(duration);
    }
    return value instanceof Enum<?> constant ? kebab(constant) : String.valueOf(value);
  }

  private static String duration(Duration duration) {
    long ms = duration.toMillis();
    if (ms == 0) {
      return "0";
    }
    if (ms % 86_400_000 == 0) {
      return ms / 86_400_000 + " d";
    }
    if (ms % 3_600_000 == 0) {
      return ms / 3_600_000 + " h";
    }
    if (ms % 60_000 == 0) {
      return ms / 60_000 + " min";
    }
    return ms % 1000 == 0 ? ms / 1000 + " s" : ms + " ms";
  }

  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String choices(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> kebab((Enum<?>) constant))
        .collect(Collectors.joining(" or "));
  }
}
