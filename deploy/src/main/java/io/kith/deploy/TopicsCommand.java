package io.kith.deploy;

import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsException;
import io.kith.deploy.topics.Topics;
import io.kith.operators.KithOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Creates the topics. */
@Command(
    name = "topics",
    description = {
      "Create Kith's topics where they are missing, and say how those that exist differ from what is"
          + " expected. Nothing that exists is changed.",
      "",
      "  kith topics --bootstrap-servers broker:9092 --partitions 8 --replication 3",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TopicsCommand implements Callable<Integer>, SettingsUser {
  @Spec CommandSpec spec;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Partitions of the topics split by node. Default: "
              + Topics.DEFAULT_PARTITIONS
              + ", and as many as they have for those that exist.")
  int partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "-1",
      description =
          "Copies of each partition; -1 for the broker's own default, which is the default.")
  short replication;

  @Override
  public Integer call() throws SettingsException, InterruptedException {
    checkFlags();
    Settings settings = load(spec, KithOptions.BOOTSTRAP_SERVERS);
    try (Topics topics =
        new Topics(settings.get(KithOptions.BOOTSTRAP_SERVERS), settings.kafka())) {
      topics
          .ensure(settings.get(KithOptions.PREFIX), partitions, replication)
          .forEach(TopicsCommand::print);
    }
    return 0;
  }

  private void checkFlags() {
    ParseResult given = spec.commandLine().getParseResult();
    List<String> faults = new ArrayList<>();
    if (partitions < 1 && given.hasMatchedOption("--partitions")) {
      faults.add("no topic has so few partitions: partitions=%d, least=1".formatted(partitions));
    }
    if (replication < 1 && replication != -1) {
      faults.add("no topic has so few copies: replication=%d, least=1".formatted(replication));
    }
    if (!faults.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), faults));
    }
  }

  private static void print(Topics.Outcome outcome) {
    System.out.printf(
        "%-24s %2d partitions  %-8s %s%n",
        outcome.topic(),
        outcome.partitions(),
        outcome.created() ? "created" : "exists",
        outcome.purpose());
    outcome.differences().forEach(difference -> System.out.println("    differs: " + difference));
  }
}
