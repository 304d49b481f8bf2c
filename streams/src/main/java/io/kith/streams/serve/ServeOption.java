package io.kith.streams.serve;

import io.kith.streams.settings.Setting;

/** Every setting of the serving application: its name, its default and its effect. */
enum ServeOption implements Setting {
  BOOTSTRAP_SERVERS(
      "bootstrap-servers", null, "Kafka brokers, host:port separated by commas. Required."),
  PREFIX(
      "prefix",
      "kith",
      "First part of the topics' names: PREFIX.embeddings, PREFIX.predictions, PREFIX.recommendations,"
          + " PREFIX.quality, PREFIX.alerts."),
  APPLICATION_ID(
      "application-id", null, "Instances of the same id share the work. Default: PREFIX-serve."),
  LISTEN(
      "listen",
      "127.0.0.1:8480",
      "Address for HTTP, host:port. Port 0 takes a free one. Another host than loopback opens it to"
          + " others: then ask for a token."),
  ADVERTISE(
      "advertise",
      null,
      "Where other instances reach this one, host:port. Default: what it listens on."),
  TOKEN_FILE(
      "token-file",
      null,
      "File with the bearer token that every request but for health must bring; all instances need"
          + " the same. The environment variable KITH_SERVE_TOKEN does the same. Default: none is"
          + " asked for."),
  MAX_K("max-k", "100", "The most similar nodes that may be asked for."),
  KEEP_PREDICTIONS("keep-predictions", "20", "The newest predictions kept of a node."),
  RECOMMENDATIONS(
      "recommendations",
      "true",
      "Whether lists of next partners are served, from PREFIX.recommendations; the same for all"
          + " instances. With false the topic need not exist."),
  MAX_BODY("max-body", "262144", "The most bytes of a request's body."),
  STANDBY_REPLICAS(
      "standby-replicas",
      "1",
      "Further instances that keep a copy of each store, and answer while its owner is away. Without"
          + " effect on a single instance."),
  MAX_STANDBY_LAG(
      "max-standby-lag", "1000", "How many changes a copy may be behind and still answer."),
  PEER_TIMEOUT("peer-timeout", "2s", "How long to wait for another instance."),
  STORE_MEMORY(
      "store-memory", "64", "MiB that RocksDB uses for all stores of the process together."),
  STATE_DIR("state-dir", ".kith/serve", "Folder for the stores; a process needs one of its own."),
  CONFIG(
      "config",
      null,
      "Properties file with any of these settings, without the dashes. Flags win over it.");

  @SuppressWarnings("ImmutableEnumChecker") // a record of strings
  private final Text text;

  ServeOption(String label, String preset, String effect) {
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
        Answers over HTTP: embeddings, similar nodes, predictions and quality from Kith's topics;
        and a page to watch it all, at /.

        Usage: kith serve --bootstrap-servers HOST:PORT [--NAME VALUE | --NAME=VALUE]...

        """,
        values(),
        "\nThe API: GET /openapi.json. Exit codes: 1 failed, 2 wrong settings.\n");
  }
}
