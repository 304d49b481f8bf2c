package io.kith.deploy.settings;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;

/** What people may write for a setting. */
final class SettingTypes {
  private SettingTypes() {}

  /** The class of its values. Those without a default are text. */
  static Class<?> of(ConfigOption<?> option) {
    return option.hasDefaultValue() ? option.defaultValue().getClass() : String.class;
  }

  /** For a sentence: "is not ...". */
  static String name(Class<?> type) {
    if (type == Duration.class) {
      return "a duration";
    }
    if (type.isEnum()) {
      return "one of its values";
    }
    if (type == Double.class) {
      return "a number";
    }
    return type == Integer.class || type == Long.class ? "a whole number" : "text";
  }

  /** For a sentence: "write ...". */
  static String example(Class<?> type) {
    if (type == Duration.class) {
      return "a number with ms, s, min, h or d, such as 500 ms";
    }
    if (type.isEnum()) {
      return SettingValues.choices(type);
    }
    if (type == Double.class) {
      return "a decimal number, such as 0.05";
    }
    return type == Integer.class || type == Long.class ? "digits only, within its range" : "text";
  }

  /** For help texts: the word after the flag. */
  static String label(Class<?> type) {
    if (type == Duration.class) {
      return "DURATION";
    }
    if (type.isEnum()) {
      return SettingValues.choices(type).replace(" or ", "|");
    }
    return type == Integer.class || type == Long.class || type == Double.class ? "N" : "TEXT";
  }
}
