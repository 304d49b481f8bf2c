package io.kith.streams.settings;

/** What users may set: its name, its default and its effect. */
public interface Setting {
  /** What starts the name of a property that is passed on to Kafka. */
  String KAFKA = "kafka.";

  /**
   * What users are told of it.
   *
   * @param label the name as they write it, without dashes
   * @param preset the value where none is given; null where there is none
   * @param effect what it does, for {@code --help}
   */
  record Text(String label, String preset, String effect) {}

  /** What users are told of it. */
  Text text();

  /** See {@link Text}. */
  default String label() {
    return text().label();
  }

  /** See {@link Text}; may be null. */
  default String preset() {
    return text().preset();
  }

  /**
   * The text of {@code --help} of an application.
   *
   * @param opening what it does and how it is started
   * @param settings all that it has, in the order of the text
   * @param closing what else there is to know; empty for nothing
   */
  static String helpText(String opening, Setting[] settings, String closing) {
    StringBuilder text = new StringBuilder(opening);
    for (Setting setting : settings) {
      String always = setting.preset() == null ? "" : " Default: " + setting.preset() + ".";
      text.append(
          "  --%s%n      %s%s%n".formatted(setting.label(), setting.text().effect(), always));
    }
    return text.append(
            """
              --kafka.PROPERTY
                  Any property of Kafka Streams or its clients, such as --kafka.security.protocol=SSL; also a
                  line of the file of --config, or a variable such as KITH_KAFKA_SASL_JAAS_CONFIG. Keep secrets
                  there: flags can be seen by others. Their values are never shown.
              --help
                  This text.
            """)
        .append(closing)
        .toString();
  }
}
