package io.kith.deploy.ask;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kith ask}: questions to the running job. */
@Command(
    name = "ask",
    description = "Ask the running job who is next for a node, or how likely a pair is.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {AskWhoNextCommand.class, AskScoreCommand.class})
public final class AskCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say who-next or score: COMMAND=none");
  }
}
