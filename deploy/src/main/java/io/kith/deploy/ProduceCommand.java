package io.kith.deploy;

import io.kith.deploy.console.Style;
import io.kith.deploy.console.Terminal;
import io.kith.deploy.edges.InteractionFile;
import io.kith.deploy.edges.MalformedLineException;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsException;
import io.kith.deploy.topics.Topics;
import io.kith.model.Interaction;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.ConfigOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a file of interactions to Kafka. */
@Command(
    name = "produce",
    description = {
      "Send a file of interactions to PREFIX.edges, keyed by source.",
      "",
      "  kith produce edges.csv.gz --bootstrap-servers broker:9092 --rate 5000",
      "",
      "FILE is CSV under the header 'source,target,timestamp' (features: 'f0,f1,...'), or JSON lines such as"
          + " {\"source\":\"ann\",\"target\":\"bob\",\"timestamp\":1700000000000}; gzipped or not. A line that is none is"
          + " reported with its number and not sent.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all sent",
      "1:failed, or more malformed lines than allowed",
      "2:wrong settings"
    })
final class ProduceCommand implements Callable<Integer>, SettingsUser {
  private static final long SHOW_EVERY_NANOS = 200_000_000L;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "What to send.")
  Path file;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Interactions a second at most. Default: no bound.")
  double rate;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Replay in stream time, X times as fast as it happened (1: as it happened). Default: at once.")
  double speed;

  @Option(
      names = "--max-errors",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Malformed lines to report and pass over before giving up. Default: ${DEFAULT-VALUE}.")
  long maxErrors;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "9223372036854775807",
      description = "Stop after so many interactions.")
  long limit;

  private final Terminal terminal = Terminal.stderr();
  private long shown = System.nanoTime();
  private long sent;
  private long errors;

  @Override
  public List<ConfigOption<?>> settings() {
    return List.of(KithOptions.BOOTSTRAP_SERVERS, KithOptions.PREFIX, KithOptions.TIMESTAMP_UNIT);
  }

  @Override
  public Integer call()
      throws SettingsException, IOException, CommandException, InterruptedException {
    Settings settings = load(spec, KithOptions.BOOTSTRAP_SERVERS);
    String servers = settings.get(KithOptions.BOOTSTRAP_SERVERS);
    String topic = settings.topic("edges");
    try (InteractionFile edges = InteractionFile.open(file)) {
      requireTopic(servers, settings, topic);
      TimeUnit unit = TimeUnit.valueOf(settings.get(KithOptions.TIMESTAMP_UNIT).name());
      long begun = System.nanoTime();
      try (EdgeProducer producer = new EdgeProducer(servers, settings.kafka(), topic)) {
        send(edges, producer, new Pace(rate, speed, unit));
        producer.flush();
      }
      terminal.erase();
      double seconds = (System.nanoTime() - begun) / 1e9;
      terminal.print(
          "Sent %,d interactions to %s in %.1f s (%,.0f/s); malformed lines=%d"
              .formatted(sent, topic, seconds, sent / seconds, errors));
    }
    return 0;
  }

  private static void requireTopic(String servers, Settings settings, String topic)
      throws InterruptedException, CommandException {
    try (Topics topics = new Topics(servers, settings.kafka())) {
      if (!topics.missing(List.of(topic)).isEmpty()) {
        throw new CommandException(
            "there is no such topic; create it with 'kith topics --bootstrap-servers %s --prefix %s': topic=%s"
                .formatted(servers, settings.get(KithOptions.PREFIX), topic));
      }
    }
  }

  private void send(InteractionFile edges, EdgeProducer producer, Pace pace)
      throws IOException, CommandException, InterruptedException {
    while (sent < limit) {
      Optional<Interaction> next;
      try {
        next = edges.next();
      } catch (MalformedLineException e) {
        errors++;
        terminal.print(file + ": " + e.getMessage());
        if (errors > maxErrors) {
          producer.flush();
          throw new CommandException(
              "too many malformed lines, stopped; raise --max-errors to pass over them: sent=%d, max-errors=%d"
                  .formatted(sent, maxErrors),
              e);
        }
        continue;
      }
      if (next.isEmpty()) {
        return;
      }
      wait(pace.nanosUntilDue(next.get().timestamp(), System.nanoTime()), edges);
      producer.send(next.get());
      sent++;
      show(edges);
    }
  }

  /** Waits in short steps, so that the display goes on. */
  private void wait(long nanos, InteractionFile edges) throws InterruptedException, IOException {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, SHOW_EVERY_NANOS));
      show(edges);
    }
  }

  private void show(InteractionFile edges) throws IOException {
    long now = System.nanoTime();
    if (now - shown < SHOW_EVERY_NANOS) {
      return;
    }
    shown = now;
    double fraction = edges.fraction();
    String line = "%,d interactions sent, %.0f %% of the file".formatted(sent, 100 * fraction);
    terminal.show(List.of(Style.bar(fraction, 30) + " " + line), line);
  }
}
