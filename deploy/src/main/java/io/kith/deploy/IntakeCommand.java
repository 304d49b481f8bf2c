package io.kith.deploy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code kith intake}: the intake of the streams module. All flags are passed on to it. */
@Command(
    name = "intake",
    description =
        "Make interactions of foreign events: JSON, Debezium, CloudEvents, CSV. 'kith intake --help'"
            + " says more.")
final class IntakeCommand implements Callable<Integer> {
  private static final String MAIN = "io.kith.streams.intake.IntakeMain";

  /** Options of the process's JVM, separated by blanks. */
  private static final String JAVA_OPTIONS = "KITH_INTAKE_JAVA_OPTS";

  @Unmatched List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    return StreamsProcess.run(MAIN, System.getenv(JAVA_OPTIONS), arguments);
  }
}
