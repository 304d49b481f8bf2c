package io.kith.streams.settings;

/** What users may set: its name, its default and its effect. */
public interface Setting {
  /** What starts the name of a property that is passed on to Kafka. */
  String KAFKA = "kafka.";

  /** The name as users write it, without dashes. */
  String label();

  /** The value where none is given; null where there is none. */
  String preset();

  /** What it does, for {@code --help}. */
  String effect();

  /** The lines of {@code --help} on it. */
  default String help() {
    String always = preset() == null ? "" : " Default: " + preset() + ".";
    return "  --%s%n      %s%s%n".formatted(label(), effect(), always);
  }
}
