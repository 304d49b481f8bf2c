package io.kith.streams;

import io.kith.streams.settings.Setting;

/** Every setting of the quality application: its name, its default and its effect. */
enum QualityOption implements Setting {
  BOOTSTRAP_SERVERS(
      "bootstrap-servers", null, "Kafka brokers, host:port separated by commas. Required."),
  PREFIX(
      "prefix",
      "kith",
      "First part of the topics' names: PREFIX.predictions, PREFIX.quality," + " PREFIX.alerts."),
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
  ALERT_WINDOWS(
      "alert-windows",
      "24",
      "Windows that make up the span over which the model's MRR is held against the recency rule's;"
          + " PREFIX.alerts says when it falls behind and when it has caught up. 0: never."),
  ALERT_RANKED("alert-ranked", "100", "Ranked predictions below which such a span is not judged."),
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

  @SuppressWarnings("ImmutableEnumChecker") // a record of strings
  private final Text text;

  QualityOption(String label, String preset, String effect) {
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
        Prediction quality over time: reads PREFIX.predictions, writes PREFIX.quality and
        PREFIX.alerts.

        Usage: QualityMain --bootstrap-servers HOST:PORT [--NAME VALUE | --NAME=VALUE]...

        """,
        values(),
        "");
  }
}
