package io.kith.streams.intake;

import io.kith.streams.settings.Setting;

/** Every setting of the intake: its name, its default and its effect. */
enum IntakeOption implements Setting {
  BOOTSTRAP_SERVERS(
      "bootstrap-servers", null, "Kafka brokers, host:port separated by commas. Required."),
  PREFIX("prefix", "kith", "First part of the topics' names: PREFIX.edges, PREFIX.dead-letter."),
  TOPICS("topics", null, "Input topics, separated by commas. Required."),
  FORMAT(
      "format",
      "json",
      "What stands on them: json, debezium, cloudevents or csv. Topics of another format need another"
          + " intake, with an application-id of its own."),
  SOURCE(
      "source",
      "source",
      "Where the id of the node that acts stands: a path such as user.id within the event (the row of a"
          + " change, the data of a CloudEvent), a JSON Pointer such as /source/ts_ms from the top of its"
          + " envelope, or a CSV column by name or by number from 1."),
  TARGET("target", "target", "Where the id of the node that is acted upon stands."),
  TIMESTAMP(
      "timestamp",
      null,
      "Where the event time stands. Default: timestamp; for cloudevents /time, in iso-8601."),
  TIMESTAMP_UNIT(
      "timestamp-unit",
      null,
      "seconds, milliseconds, microseconds, nanoseconds (whole numbers) or iso-8601 (text with an"
          + " offset). Default: milliseconds."),
  TIMESTAMP_EARLIEST(
      "timestamp-earliest",
      "1971-01-01T00:00:00Z",
      "A timestamp before this is refused, and so are seconds taken for milliseconds: they lie in"
          + " 1970. For a stream whose clock begins with 0: 1970-01-01T00:00:00Z."),
  TIMESTAMP_MAX_AHEAD(
      "timestamp-max-ahead", "1d", "A timestamp further ahead of the clock than this is refused."),
  FEATURES(
      "features",
      null,
      "Where features stand, separated by commas; each a number or an array of numbers. Default:"
          + " none."),
  FEATURE_COUNT(
      "feature-count",
      null,
      "How many features an interaction must have. Default: any number; the job refuses what does"
          + " not fit its model."),
  EVENT_ID(
      "event-id",
      null,
      "Where the id of an event stands; several fields, separated by commas, name it together."
          + " Default: none; for cloudevents source and id."),
  DUPLICATE_WINDOW(
      "duplicate-window",
      "1h",
      "An event is dropped as a duplicate where one with the same id has come by the same partition"
          + " and their event times are at most so far apart. 0 keeps all."),
  SELF_LOOPS(
      "self-loops",
      "dead-letter",
      "Interactions of a node with itself: dead-letter, or drop. Counted either way."),
  MAX_ID_BYTES("max-id-bytes", "1024", "Ids with more UTF-8 bytes than this are refused."),
  OPERATIONS(
      "operations",
      "c,r",
      "For debezium: changes that are interactions, of c (insert), r (snapshot) and u (update). Others"
          + " are dropped and counted."),
  CSV_SEPARATOR("csv-separator", ",", "For csv: the character between columns, or tab."),
  CSV_COLUMNS(
      "csv-columns", null, "For csv: names of all columns, separated by commas. Default: numbers."),
  DELIVERY(
      "delivery",
      "at-least-once",
      "at-least-once: after a crash some interactions may come twice; exactly-once: none does for"
          + " read-committed consumers, as the job is."),
  APPLICATION_ID(
      "application-id",
      null,
      "Instances of the same id share the work, and must have the same settings. Default:"
          + " PREFIX-intake."),
  STATE_DIR(
      "state-dir",
      ".kith/intake",
      "Folder for the ids of recent events; a process needs one of its own."),
  CONFIG(
      "config",
      null,
      "Properties file with any of these settings, without the dashes. Flags win over it.");

  @SuppressWarnings("ImmutableEnumChecker") // a record of strings
  private final Text text;

  IntakeOption(String label, String preset, String effect) {
    this.text = new Text(label, preset, effect);
  }

  @Override
  public Text text() {
    return text;
  }

  /** The text of {@code --help}. */
  static String helpText() {
    return Setting.helpText(
        """
        Makes interactions of foreign events: reads TOPICS, writes PREFIX.edges. What cannot be used
        goes byte for byte to PREFIX.dead-letter; 'kith dead-letter' shows it and sends it in again.

        Usage: kith intake --bootstrap-servers HOST:PORT --topics TOPIC [--NAME VALUE | --NAME=VALUE]...

        """,
        values(),
        "\nExamples for each format: docs/intake.md. Exit codes: 1 failed, 2 wrong settings.\n");
  }
}
