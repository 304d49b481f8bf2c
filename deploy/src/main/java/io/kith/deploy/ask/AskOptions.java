package io.kith.deploy.ask;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What both kinds of questions have. */
final class AskOptions {
  @Option(names = "--json", description = "The answer as it stands on the topic.")
  boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Give up when no answer has come for so long. Default: ${DEFAULT-VALUE}.")
  double timeoutSeconds;

  void check(CommandSpec spec) {
    if (!(timeoutSeconds > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--timeout must be more than 0: timeout=" + timeoutSeconds);
    }
  }
}
