package io.kith.streams;

import java.util.Arrays;

/**
 * The quality application as a process. It is one of its own, for the RocksDB of Kafka Streams and
 * that of Flink must not share a class path:
 *
 * <pre>
 *   java -cp 'streams/target/kith-streams-VERSION.jar:streams/target/lib/*' io.kith.streams.QualityMain \
 *       --bootstrap-servers localhost:9092 --prefix kith --window-length 1d --from 1091318400000
 * </pre>
 *
 * <table>
 *   <caption>Arguments, {@code --NAME VALUE} or {@code --NAME=VALUE}</caption>
 *   <tr><td>bootstrap-servers</td><td>brokers, host:port separated by commas; required</td></tr>
 *   <tr><td>prefix</td><td>first part of the topics' names; {@code kith}</td></tr>
 *   <tr><td>application-id</td><td>name in Kafka; {@code <prefix>-quality}</td></tr>
 *   <tr><td>window-length</td><td>of a window of event time, with unit ms, s, m, h or d; {@code 1h}</td></tr>
 *   <tr><td>from</td><td>event time from which the total counts, ms or ISO-8601; everything</td></tr>
 *   <tr><td>keep-windows</td><td>the newest windows, which late predictions still change; 1000</td></tr>
 *   <tr><td>publish-interval</td><td>wall-clock time between publications, with unit; {@code 1s}</td></tr>
 *   <tr><td>state-dir</td><td>folder for Kafka Streams; {@code .kith/streams}</td></tr>
 *   <tr><td>config</td><td>properties file with the same names; flags win over it</td></tr>
 *   <tr><td>kafka.PROPERTY</td><td>any property of Kafka Streams or its clients</td></tr>
 *   <tr><td>help</td><td>says all this</td></tr>
 * </table>
 *
 * <p>Both topics must exist; {@code <prefix>.quality} should be compacted. The process runs until
 * it is told to stop (SIGTERM, SIGINT) and then leaves its group in order. Exit codes: 1 after a
 * failure, 2 for bad settings.
 *
 * <p>What has been counted is kept in Kafka under the application id. Another window length,
 * another {@code from}, or a predictions topic that was deleted and made anew asks for another
 * application id (or for {@code kafka-streams-application-reset}).
 */
public final class QualityMain {
  private static final int FAILED = 1;
  private static final int BAD_SETTINGS = 2;

  private QualityMain() {}

  public static void main(String[] arguments) {
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.print(QualityOption.helpText());
      return;
    }
    // Before the first logger. A user's own configuration wins.
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty(
          "log4j2.configurationFile", "classpath:io/kith/streams/quality-log4j2.xml");
    }
    QualitySettings settings;
    try {
      settings = QualitySettings.parse(System.getenv(), arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(BAD_SETTINGS);
      return;
    }
    if (!new QualityProcess(settings).run()) {
      System.exit(FAILED);
    }
  }
}
