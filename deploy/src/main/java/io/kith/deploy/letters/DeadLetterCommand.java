package io.kith.deploy.letters;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kith dead-letter}: what was refused, and a second try for it. */
@Command(
    name = "dead-letter",
    description = "Show what was refused, or send it in again, repaired where needed.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {ShowCommand.class, ReplayCommand.class})
public final class DeadLetterCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say show or replay: COMMAND=none");
  }
}
