package io.kith.deploy;

import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsException;
import io.kith.deploy.topics.Topics;
import io.kith.operators.KithOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.ConfigOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says how much of its input a job has not read yet. */
@Command(
    name = "lag",
    description = {
      "Print how many records of its input the job had yet to read at its last checkpoint.",
      "",
      "  kith lag --bootstrap-servers broker:9092",
      "  kith lag --bootstrap-servers broker:9092 --until 0     # returns when a backfill has been read",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class LagCommand implements Callable<Integer>, SettingsUser {
  private static final long MS_BETWEEN_LOOKS = 500;

  @Spec CommandSpec spec;

  @Option(
      names = "--until",
      paramLabel = "N",
      description =
          "Wait until there are at most so many. Where a source writes in transactions, the marker of the last one in"
              + " each partition counts for ever. Default: look once.")
  Long until;

  @Override
  public List<ConfigOption<?>> settings() {
    return List.of(KithOptions.BOOTSTRAP_SERVERS, KithOptions.PREFIX, KithOptions.INPUT_PREFIX);
  }

  @Override
  public Integer call() throws SettingsException, CommandException, InterruptedException {
    Settings settings = load(spec, KithOptions.BOOTSTRAP_SERVERS);
    String edges = settings.inputTopic("edges");
    try (Topics topics =
        new Topics(settings.get(KithOptions.BOOTSTRAP_SERVERS), settings.kafka())) {
      if (!topics.missing(List.of(edges)).isEmpty()) {
        throw new CommandException(
            "there is no such topic; check --prefix and --input-prefix: topic=" + edges);
      }
      // What it has read it commits to Kafka under its prefix, at each checkpoint.
      String group = settings.get(KithOptions.PREFIX);
      long unread = topics.unread(edges, group);
      while (until != null && unread > until) {
        TimeUnit.MILLISECONDS.sleep(MS_BETWEEN_LOOKS);
        unread = topics.unread(edges, group);
      }
      System.out.printf("%s: %,d unread%n", edges, unread);
    }
    return 0;
  }
}
