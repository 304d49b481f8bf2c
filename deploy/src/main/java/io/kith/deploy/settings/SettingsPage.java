package io.kith.deploy.settings;

import io.kith.operators.KithOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;

/** Writes {@code docs/configuration.md} from {@link KithOptions}. */
public final class SettingsPage {
  /** What to type when the page is stale. */
  public static final String COMMAND = "./kith settings > docs/configuration.md";

  private static final String HEAD =
      """
      # Settings

      <!-- Generated: %s -->

      Each setting has one name in three places: a line in the settings file of `--config` (`window: 1 s`), an
      environment variable (`KITH_WINDOW`) and a flag (`--window`). A flag overrules the environment, the environment
      the file, the file the default. Durations are numbers with `ms`, `s`, `min`, `h` or `d`; `0` needs none. A name that is not
      known is refused, and all faults are listed at once before anything starts.

      | setting | value | default | environment | effect |
      | --- | --- | --- | --- | --- |
      """;

  private static final String FOOT =
      """

      Properties of Kafka's clients pass through: `kafka.security.protocol: SSL` in the file (or a mapping under `kafka:`),
      `KITH_KAFKA_SECURITY_PROTOCOL` in the environment, `--kafka security.protocol=SSL` as a flag. Those that Kith sets itself
      (bootstrap servers, serializers, transactional ids, isolation level) are refused.
      Keep secrets in the file or in the environment (flags can be seen by others), or let Kafka's own `config.providers` fetch them
      from where they lie ([how](intake.md#security)). The values of such properties are never logged, and not repeated in errors.
      """;

  private SettingsPage() {}

  /** The page, ending in a line break. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD.formatted(COMMAND));
    for (ConfigOption<?> option : KithOptions.ALL) {
      String fallback =
          option.hasDefaultValue() ? "`" + SettingValues.text(option.defaultValue()) + "`" : "";
      page.append(
          "| `%s` | %s | %s | `%s` | %s |\n"
              .formatted(
                  option.key(),
                  SettingTypes.label(SettingTypes.of(option)).replace("|", " or "),
                  fallback,
                  Sources.variable(option.key()),
                  describe(option)));
    }
    return page.append(FOOT).toString();
  }

  static String describe(ConfigOption<?> option) {
    return new HtmlFormatter().format(option.description());
  }

  /** For help texts: " Default: 1 s.", or nothing. */
  static String defaultOf(ConfigOption<?> option) {
    return option.hasDefaultValue()
        ? " Default: " + SettingValues.text(option.defaultValue()) + "."
        : "";
  }
}
