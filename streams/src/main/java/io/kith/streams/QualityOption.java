package io.kith.streams;

import java.util.Arrays;
import java.util.Optional;

/** Every setting of the quality application: its name, its default and its effect. */
enum QualityOption {
  BOOTSTRAP_SERVERS("bootstrap-servers", null, "Kafka brokers, host:port separated by commas."),
  PREFIX("prefix", "kith", "First part of the topics' names: PREFIX.predictions, PREFIX.quality."),
  APPLICATION_ID(
      "application-id",
      null,
      "Name under which Kafka keeps the progress and the state. Default: PREFIX-quality."),
  WINDOW_LENGTH(
      "window-length", "1h", "Length of a window of event time: 500ms, 30s, 15m, 1h, 1d."),
  FROM(
      "from",
      null,
      "Event time, ms or ISO-8601 (2004-06-01T00:00:00Z), from which the total counts. Default:"
          + " everything."),
  KEEP_WINDOWS(
      "keep-windows",
      "1000",
      "The newest windows, which late predictions still change. About 1 KB a window and partition."),
  PUBLISH_INTERVAL(
      "publish-interval", "1s", "Wall-clock time between two publications of what has changed."),
  STATE_DIR(
      "state-dir",
      ".kith/streams",
      "Folder for lock files of Kafka Streams; a process needs one of its own. The state itself is"
          + " in memory and in Kafka."),
  CONFIG(
      "config",
      null,
      "Properties file with any of these settings, without the dashes. Flags win over it.");

  /** What starts the name of a property that is passed on to Kafka. */
  static final String KAFKA = "kafka.";

  private final String label;
  private final String preset;
  private final String effect;

  QualityOption(String label, String preset, String effect) {
    this.label = label;
    this.preset = preset;
    this.effect = effect;
  }

  /** The name as users write it, without dashes. */
  String label() {
    return label;
  }

  /** The value where none is given; null where there is none. */
  String preset() {
    return preset;
  }

  static Optional<QualityOption> of(String label) {
    return Arrays.stream(values()).filter(option -> option.label.equals(label)).findAny();
  }

  /** The text of {@code --help}. */
  static String help() {
    StringBuilder text =
        new StringBuilder(
            """
            Prediction quality over time: reads PREFIX.predictions, writes PREFIX.quality.

            Usage: QualityMain --bootstrap-servers HOST:PORT [--NAME VALUE | --NAME=VALUE]...

            """);
    for (QualityOption option : values()) {
      text.append("  --%s%n      %s".formatted(option.label, option.effect));
      if (option == BOOTSTRAP_SERVERS) {
        text.append(" Required.");
      } else if (option.preset != null) {
        text.append(" Default: ").append(option.preset).append('.');
      }
      text.append(System.lineSeparator());
    }
    return text.append("  --kafka.PROPERTY%n".formatted())
        .append("      Any property of Kafka Streams or its clients, such as")
        .append(" --kafka.security.protocol=SSL.%n".formatted())
        .append("  --help%n      This text.%n".formatted())
        .toString();
  }
}
