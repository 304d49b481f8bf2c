package io.kith.deploy;

import io.kith.deploy.ask.AskCommand;
import io.kith.deploy.chaos.ChaosCommand;
import io.kith.deploy.demo.DemoCommand;
import io.kith.deploy.letters.DeadLetterCommand;
import io.kith.deploy.replay.ReplayCommand;
import io.kith.deploy.settings.SettingsException;
import io.kith.deploy.train.EvaluateCommand;
import io.kith.deploy.train.TrainCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code kith} command. */
@Command(
    name = "kith",
    description = "Kith: embeddings and link predictions from a stream of interactions.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ProduceCommand.class,
      ConsumeCommand.class,
      ForgetCommand.class,
      AskCommand.class,
      TopicsCommand.class,
      LagCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ReplayCommand.class,
      ChaosCommand.class,
      IntakeCommand.class,
      DeadLetterCommand.class,
      ServeCommand.class,
      SettingsCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; the message says why, the log has the rest",
      "2:wrong flags or settings; nothing was started",
      "130:stopped by Ctrl-C"
    },
    footer = {
      "",
      "Also: 'kith bench' measures this machine, 'kith test' builds and runs all tests. 'kith COMMAND --help' says more."
    })
public final class Kith {
  private static final int FAILED = 1;
  private static final int WRONG_SETTINGS = 2;
  private static final int INTERRUPTED = 130;

  private Kith() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Path log = null;
    try {
      log = LogFile.use(arguments.length == 0 ? "kith" : arguments[0].replaceAll("\\W", ""));
    } catch (IOException e) {
      System.err.println("No log is kept: " + e);
    }
    Interruption interruption = Interruption.install();
    int exit = run(interruption::requested, log, arguments);
    interruption.done();
    System.exit(exit);
  }

  /** Runs one command; {@code stopping} says whether its failure is the wish of the user. */
  static int run(BooleanSupplier stopping, Path log, String... arguments) {
    CommandLine kith = commandLine();
    kith.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (stopping.getAsBoolean()) {
            System.err.println("Stopped.");
            return INTERRUPTED;
          }
          return explain(e, command, log);
        });
    kith.setParameterExceptionHandler(Kith::explainUsage);
    if (arguments.length == 0) {
      kith.usage(System.out);
      return CommandLine.ExitCode.USAGE;
    }
    return kith.execute(arguments);
  }

  /** The command with its subcommands, ready to parse. */
  static CommandLine commandLine() {
    CommandLine kith = new CommandLine(new Kith());
    kith.setCaseInsensitiveEnumValuesAllowed(true);
    kith.setUsageHelpAutoWidth(true);
    kith.getSubcommands().values().forEach(SettingsUser::addFlags);
    return kith;
  }

  private static int explainUsage(CommandLine.ParameterException e, String... arguments) {
    CommandLine command = e.getCommandLine();
    System.err.println(e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(
        e, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    System.err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return WRONG_SETTINGS;
  }

  private static int explain(Exception e, CommandLine command, Path log) {
    if (e instanceof SettingsException) {
      System.err.println(e.getMessage());
      System.err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
      return WRONG_SETTINGS;
    }
    LoggerFactory.getLogger(Kith.class).error("{} failed", command.getCommandName(), e);
    System.err.println(command.getCommandSpec().qualifiedName() + ": " + RootCause.of(e));
    if (log != null) {
      System.err.println("Log: " + log);
    }
    return FAILED;
  }
}
