package io.kith.deploy.settings;

import io.kith.streams.settings.Secrets;

/**
 * One thing wrong with the settings.
 *
 * @param setting its name, as in the settings file
 * @param problem what is wrong
 * @param remedy what to do instead
 * @param source where the value came from; null where there is none
 * @param value as given; null where there is none; hidden where it may be a secret
 */
public record Fault(String setting, String problem, String remedy, String source, String value) {
  public Fault {
    value = value == null ? null : Secrets.shown(setting, value);
  }

  /** A setting that must be given and is not. */
  static Fault missing(String setting, String remedy) {
    return new Fault(setting, "is not set", remedy, null, null);
  }

  /** One line: the setting, the problem, the remedy, then source and value. */
  @Override
  public String toString() {
    String where = source == null ? "" : "source=" + source + ", ";
    return "%s %s; %s: %svalue=%s"
        .formatted(setting, problem, remedy, where, value == null ? "none" : value);
  }
}
