package io.kith.deploy;

import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsException;
import io.kith.deploy.topics.TopicReader;
import io.kith.deploy.topics.Topics;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what stands on an output topic. */
@Command(
    name = "consume",
    description = {
      "Print records of an output topic, for people or as JSON lines.",
      "",
      "  kith consume predictions --bootstrap-servers broker:9092 --from-beginning --limit 10",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConsumeCommand implements Callable<Integer>, SettingsUser {
  private static final List<String> TOPICS =
      List.of("embeddings", "predictions", "recommendations", "dead-letter", "quality", "alerts");
  private static final Duration STEP = Duration.ofMillis(200);

  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "TOPIC",
      description = "embeddings, predictions, recommendations, dead-letter, quality or alerts.")
  String topic;

  @Option(
      names = "--from-beginning",
      description = "From the oldest record. Default: those that come from now on.")
  boolean fromBeginning;

  @Option(
      names = "--json",
      description = "JSON lines, as they stand on the topic; a dead letter with its headers.")
  boolean json;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "9223372036854775807",
      description = "Stop after so many records.")
  long limit;

  @Option(
      names = "--stop-after-idle",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Stop when no record has come for so long. Default: wait until Ctrl-C.")
  double idleSeconds;

  @Override
  public Integer call()
      throws SettingsException, IOException, InterruptedException, CommandException {
    if (!TOPICS.contains(topic)) {
      throw new ParameterException(
          spec.commandLine(),
          "TOPIC is one of %s: TOPIC=%s".formatted(String.join(", ", TOPICS), topic));
    }
    Settings settings = load(spec, KithOptions.BOOTSTRAP_SERVERS);
    String servers = settings.get(KithOptions.BOOTSTRAP_SERVERS);
    String name = settings.topic(topic);
    try (Topics topics = new Topics(servers, settings.kafka())) {
      if (!topics.missing(List.of(name)).isEmpty()) {
        throw new CommandException(
            "there is no such topic; check --prefix, or create it with 'kith topics': topic="
                + name);
      }
    }
    try (TopicReader reader = new TopicReader(servers, settings.kafka(), name, fromBeginning)) {
      print(reader);
    }
    return 0;
  }

  private void print(TopicReader reader) throws IOException {
    long printed = 0;
    long lastCame = System.nanoTime();
    while (printed < limit) {
      for (ConsumerRecord<byte[], byte[]> entry : reader.poll(STEP)) {
        System.out.println(json ? RecordText.json(topic, entry) : RecordText.pretty(topic, entry));
        lastCame = System.nanoTime();
        if (++printed == limit) {
          return;
        }
      }
      // A closed pipe, as of 'head', shows only here.
      if (System.out.checkError()) {
        return;
      }
      if (idleSeconds > 0 && System.nanoTime() - lastCame > idleSeconds * 1e9) {
        return;
      }
    }
  }
}
