package io.kith.streams.intake;

import java.util.Arrays;

/**
 * The intake as a process; {@code kith intake} starts it:
 *
 * <pre>
 *   java -cp 'streams/target/kith-streams-VERSION.jar:streams/target/lib/*' io.kith.streams.intake.IntakeMain \
 *       --bootstrap-servers localhost:9092 --topics orders --source buyer --target seller
 * </pre>
 *
 * <p>{@code --help} lists the settings. The topics must exist. It runs until it is told to stop
 * (SIGTERM, SIGINT). Exit codes: 1 after a failure, 2 for bad settings.
 */
public final class IntakeMain {
  private static final int FAILED = 1;
  private static final int BAD_SETTINGS = 2;

  private IntakeMain() {}

  public static void main(String[] arguments) {
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.print(IntakeOption.helpText());
      return;
    }
    // Before the first logger. A user's own configuration wins.
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty(
          "log4j2.configurationFile", "classpath:io/kith/streams/intake/intake-log4j2.xml");
    }
    IntakeSettings settings;
    try {
      settings = IntakeSettings.parse(System.getenv(), arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(BAD_SETTINGS);
      return;
    }
    if (!new IntakeProcess(settings).run()) {
      System.exit(FAILED);
    }
  }
}
