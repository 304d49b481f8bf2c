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
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the job for a node's next partners. */
@Command(
    name = "who-next",
    description = {
      "Ask the running job for a node's most likely next partners now, with reasons. The question goes to PREFIX.requests,"
          + " the answer comes by PREFIX.responses.",
      "",
      "  kith ask who-next ann --bootstrap-servers broker:9092",
      "  kith ask who-next ann --k 3 --exclude bob,cid --bootstrap-servers broker:9092",
      "",
      "Works also where the job makes no lists (who-next: 0); popular nodes are then no candidates.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:answered, also where the node is unknown",
      "1:failed, or no answer",
      "2:wrong settings"
    })
final class AskWhoNextCommand implements Callable<Integer>, SettingsUser {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "NODE", description = "Id of the node.")
  String node;

  @Option(
      names = "--k",
      paramLabel = "N",
      description =
          "How many at most, 1 to 1000. Default: the job's who-next, or 10 where that is 0.")
  Integer k;

  @Option(
      names = "--exclude",
      paramLabel = "NODE",
      split = ",",
      description = "Nodes that are not to be listed, separated by commas.")
  List<String> excluded = List.of();

  @Mixin AskOptions options;

  @Override
  public Integer call()
      throws SettingsException, CommandException, IOException, InterruptedException {
    options.check(spec);
    if (node.isEmpty() || excluded.contains("")) {
      throw new ParameterException(spec.commandLine(), "an id is empty: length=0");
    }
    Asker asker = new Asker(load(spec, KithOptions.BOOTSTRAP_SERVERS), options.timeoutSeconds);
    ObjectNode request = asker.request("who-next").put("node", node);
    if (k != null) {
      request.put("k", k);
    }
    excluded.forEach(request.putArray("exclude")::add);
    JsonNode answer = asker.ask(request);
    System.out.print(options.json ? answer + System.lineSeparator() : AnswerText.whoNext(answer));
    return 0;
  }
}
