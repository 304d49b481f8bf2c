package io.kith.deploy.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kith.deploy.CommandException;
import io.kith.deploy.SettingsUser;
import io.kith.deploy.settings.SettingsException;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the job for the scores of pairs. */
@Command(
    name = "score",
    description = {
      "Ask the running job how likely it is that one node acts on another now, and why. The question goes to"
          + " PREFIX.requests, the answer comes by PREFIX.responses.",
      "",
      "  kith ask score ann bob --bootstrap-servers broker:9092",
      "  kith ask score ann bob ann cid --bootstrap-servers broker:9092      # two pairs",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:answered, also where a node is unknown",
      "1:failed, or no answer",
      "2:wrong settings"
    })
final class AskScoreCommand implements Callable<Integer>, SettingsUser {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "SOURCE TARGET",
      arity = "2..*",
      description =
          "Ids of the one that acts and the one acted upon; as many pairs as wanted, at most 100.")
  List<String> ids;

  @Mixin AskOptions options;

  @Override
  public Integer call()
      throws SettingsException, CommandException, IOException, InterruptedException {
    options.check(spec);
    if (ids.size() % 2 != 0) {
      throw new ParameterException(
          spec.commandLine(), "the last SOURCE has no TARGET: SOURCE=" + ids.get(ids.size() - 1));
    }
    Asker asker = new Asker(load(spec, KithOptions.BOOTSTRAP_SERVERS), options.timeoutSeconds);
    ObjectNode request = asker.request("score");
    for (int i = 0; i < ids.size(); i += 2) {
      request
          .withArray("pairs")
          .addObject()
          .put("source", ids.get(i))
          .put("target", ids.get(i + 1));
    }
    JsonNode answer = asker.ask(request);
    System.out.print(options.json ? answer + System.lineSeparator() : AnswerText.scores(answer));
    return 0;
  }
}
