package io.kith.deploy;

import io.kith.deploy.console.Terminal;
import io.kith.deploy.local.CheckpointFolder;
import io.kith.deploy.local.EmbeddedFlink;
import io.kith.deploy.local.Folders;
import io.kith.deploy.local.LocalJob;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.topics.Topics;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the job against a user's Kafka. */
@Command(
    name = "run",
    description = {
      "Run the job on an embedded Flink against your Kafka: PREFIX.edges, PREFIX.signals and PREFIX.requests in;"
          + " PREFIX.embeddings, PREFIX.predictions, PREFIX.responses and PREFIX.dead-letter out. Runs until Ctrl-C.",
      "",
      "  kith topics --bootstrap-servers broker:9092",
      "  kith run --bootstrap-servers broker:9092 --checkpoint-dir /var/lib/kith/checkpoints",
      "  kith run --bootstrap-servers broker:9092 --checkpoint-dir /var/lib/kith/checkpoints --restore newest",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:the job failed, or three times within a minute; the message says why",
      "2:wrong settings; all faults are listed, nothing was started",
      "130:stopped by Ctrl-C"
    })
final class RunCommand implements Callable<Integer>, SettingsUser {
  private static final long SHOW_EVERY_MILLIS = 500;

  /** Topics whose prefix may be another: what several jobs read. */
  private static final List<String> SHARED = List.of("edges", "signals");

  private static final List<String> OWN =
      List.of("requests", "responses", "predictions", "embeddings", "dead-letter");

  /** Instead of the path of one: the newest there is. */
  private static final String NEWEST = "newest";

  @Spec CommandSpec spec;

  @Option(
      names = "--restore",
      paramLabel = "PATH",
      description =
          "Checkpoint or savepoint to go on from, or 'newest' for the newest in --checkpoint-dir. Default:"
              + " begin anew at the oldest interaction.")
  String restore;

  private final Terminal terminal = Terminal.stderr();

  @Override
  public List<ConfigOption<?>> settings() {
    return KithOptions.ALL;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = load(spec, KithOptions.BOOTSTRAP_SERVERS);
    String servers = settings.get(KithOptions.BOOTSTRAP_SERVERS);
    try (Topics topics = new Topics(servers, settings.kafka())) {
      List<String> missing = topics.missing(needed(settings));
      if (!missing.isEmpty()) {
        throw new CommandException(
            "topics are missing; create them with 'kith topics --bootstrap-servers %s --prefix %s': topics=%s"
                .formatted(servers, settings.get(KithOptions.PREFIX), String.join(",", missing)));
      }
      Optional<CheckpointFolder> from = restored(settings);
      Path checkpoints =
          Home.work().resolve("checkpoints-" + ProcessHandle.current().pid()).toAbsolutePath();
      terminal.print(
          "Starting Flink" + from.map(found -> ", going on from " + found.uri()).orElse(""));
      Files.createDirectories(checkpoints);
      try (EmbeddedFlink flink = LocalJob.start(settings, checkpoints, from)) {
        watch(flink, topics, settings);
      } finally {
        Folders.delete(checkpoints);
      }
    }
    return 0;
  }

  private Optional<CheckpointFolder> restored(Settings settings)
      throws IOException, CommandException {
    if (restore == null || !restore.equals(NEWEST)) {
      return Optional.ofNullable(restore).map(CheckpointFolder::of);
    }
    Optional<String> folder = settings.flink().getOptional(KithOptions.CHECKPOINT_DIR);
    Optional<CheckpointFolder> newest =
        folder.isPresent() ? CheckpointFolder.of(folder.get()).newest() : Optional.empty();
    if (newest.isEmpty()) {
      throw new CommandException(
          "no checkpoint is found on this machine; name one by its path, or begin anew without --restore:"
              + " restore=%s, checkpoint-dir=%s".formatted(NEWEST, folder.orElse("none")));
    }
    return newest;
  }

  private void watch(EmbeddedFlink flink, Topics topics, Settings settings) throws Exception {
    terminal.print(
        "Running on %s, prefix %s; Ctrl-C stops"
            .formatted(
                settings.get(KithOptions.BOOTSTRAP_SERVERS), settings.get(KithOptions.PREFIX)));
    while (flink.await(SHOW_EVERY_MILLIS).isEmpty()) {
      String line = counts(topics, settings);
      terminal.show(List.of(line), line);
    }
    terminal.erase();
    Throwable cause =
        flink.failure().orElse(new IllegalStateException("it was cancelled from elsewhere"));
    throw new CommandException("the job has ended: " + RootCause.of(cause), cause);
  }

  private static List<String> needed(Settings settings) {
    return Stream.concat(
            SHARED.stream().map(settings::inputTopic), OWN.stream().map(settings::topic))
        .toList();
  }

  private static String counts(Topics topics, Settings settings) throws InterruptedException {
    Map<String, Long> records = new HashMap<>(topics.records(settings.inputTopic("")));
    records.putAll(topics.records(settings.topic("")));
    return needed(settings).stream()
        .map(topic -> "%s %,d".formatted(topic, records.getOrDefault(topic, 0L)))
        .collect(Collectors.joining("  "));
  }
}
