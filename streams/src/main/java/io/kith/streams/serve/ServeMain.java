package io.kith.streams.serve;

import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The serving application as a process; {@code kith serve} starts it:
 *
 * <pre>
 *   java -cp 'streams/target/kith-streams-VERSION.jar:streams/target/lib/*' io.kith.streams.serve.ServeMain \
 *       --bootstrap-servers localhost:9092
 * </pre>
 *
 * <p>{@code --help} lists the settings. The topics must exist. It runs until it is told to stop
 * (SIGTERM, SIGINT). Exit codes: 1 after a failure, 2 for bad settings.
 */
public final class ServeMain {
  private static final int FAILED = 1;
  private static final int BAD_SETTINGS = 2;

  /** Held on to, for java.util.logging forgets the level of a logger that nobody has. */
  private static final Logger INDEX_LOG = Logger.getLogger("io.github.jbellis.jvector");

  private ServeMain() {}

  public static void main(String[] arguments) {
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.print(ServeOption.helpText());
      return;
    }
    // Before the first logger. A user's own configuration wins.
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty(
          "log4j2.configurationFile", "classpath:io/kith/streams/serve/serve-log4j2.xml");
    }
    // It warns of the JDK, and of its number of threads.
    INDEX_LOG.setLevel(Level.SEVERE);
    ServeSettings settings;
    try {
      settings = ServeSettings.parse(System.getenv(), arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(BAD_SETTINGS);
      return;
    }
    if (!new ServeProcess(settings).run()) {
      System.exit(FAILED);
    }
  }
}
