package io.kith.streams.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/** What must not be shown of settings, in errors, logs or anywhere. Any thread. */
public final class Secrets {
  /** Stands for a value that is not shown. */
  public static final String HIDDEN = "(not shown)";

  private static final Pattern NAMES =
      Pattern.compile("password|passphrase|secret|token|jaas|credential|sasl|ssl|private|key");

  private Secrets() {}

  /**
   * The value, where the setting cannot be a secret.
   *
   * @param name of the setting, as it was given; a misspelt one may hold a secret too
   */
  public static String shown(String name, String value) {
    return NAMES.matcher(name.toLowerCase(Locale.ROOT)).find() ? HIDDEN : value;
  }
}
