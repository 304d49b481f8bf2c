package io.kith.deploy.demo;

import io.kith.deploy.Home;
import io.kith.deploy.console.Terminal;
import io.kith.deploy.local.LocalStack;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.settings.SettingsException;
import io.kith.deploy.settings.SettingsLoader;
import io.kith.operators.KithOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole path on one machine. */
@Command(
    name = "demo",
    description = {
      "Replay 59,835 real messages through Kafka and the Flink job on this machine, and watch the predictions.",
      "",
      "Starts an embedded Kafka, an embedded Flink, and the quality and serving applications (Kafka Streams) with a page"
          + " to watch, and stops them again."
          + " Takes less than two minutes; nothing is left behind but the log and a picture in .kith/.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  private static final int PARTITIONS = 2;

  /** Weeks: points of the picture that stand on some hundred predictions each. */
  private static final String QUALITY_WINDOW = "7d";

  /** A month. */
  private static final String ALERT_WINDOWS = "4";

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      defaultValue = "1 min",
      description =
          "Length of the job's event-time windows. Shorter is more accurate, longer is faster. Default: ${DEFAULT-VALUE}.")
  String window;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "1",
      description = "Subtasks of the job. Default: ${DEFAULT-VALUE}.")
  String parallelism;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Another weights file than the bundled one.")
  String model;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "2147483647",
      description =
          "Replay the first N messages only; the bundled model was trained on the first 41,884.")
  int limit;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the embedded Kafka. Default: a free one.")
  int kafkaPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8480",
      description = "Port of the page; another where it is taken. Default: ${DEFAULT-VALUE}.")
  int httpPort;

  @Option(
      names = {"--keep", "--hold"},
      description =
          "Leave everything running at the end, until Ctrl-C, so that you can look at the page and the"
              + " topics.")
  boolean keep;

  private final Terminal terminal = Terminal.stdout();

  @Override
  public Integer call() throws Exception {
    long begun = startOfProcess();
    Settings settings = settings();
    Path work = Home.work().resolve("demo");
    Path folder = work.resolve("run-" + ProcessHandle.current().pid());
    DemoStream stream = DemoStream.bundled(work, limit);
    terminal.print(
        "Kith demo: %,d messages among students in 2004 (CollegeMsg), through Kafka and Flink, here."
            .formatted(stream.size()));
    try (LocalStack stack = new LocalStack(folder, step -> report(begun, step))) {
      stack.startKafka(settings, kafkaPort, PARTITIONS);
      stack.startQuality(
          Home.root(),
          Home.work().resolve("logs").resolve("quality.log"),
          List.of(
              "--window-length",
              QUALITY_WINDOW,
              "--alert-windows",
              ALERT_WINDOWS,
              "--from",
              Long.toString(stream.firstUnseen())));
      stack.startJob();
      // After the job: on two cores it would delay the first prediction.
      String page =
          stack.startServing(
              Home.root(), Home.work().resolve("logs").resolve("serve.log"), httpPort, List.of());
      long windowMillis = stack.settings().get(KithOptions.WINDOW).toMillis();
      DemoScreen screen = new DemoScreen(terminal, stream, windowMillis);
      try (Demo demo = new Demo(stack, stream, screen, begun)) {
        Progress progress = demo.run();
        terminal.settle();
        new DemoSummary(terminal, stack, stream).print(progress, work);
      }
      if (keep) {
        terminal.print("Everything stays up for a look, until Ctrl-C: " + page);
        stack.flink().await(Long.MAX_VALUE);
      }
      terminal.print(keep ? "Stopping." : "Stopping. To look around: ./kith demo --keep, " + page);
    }
    return 0;
  }

  private void report(long begun, String step) {
    terminal.print("%5.1f s  %s".formatted((System.nanoTime() - begun) / 1e9, step));
  }

  /** So that the times shown include the start of the JVM. */
  private static long startOfProcess() {
    long age = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return System.nanoTime() - age * 1_000_000;
  }

  private Settings settings() throws SettingsException {
    Map<String, String> flags = new HashMap<>();
    flags.put(KithOptions.WINDOW.key(), window);
    flags.put(KithOptions.PARALLELISM.key(), parallelism);
    // On a busy machine the producer may pause, and what then comes to an idle partition is late.
    flags.put(KithOptions.IDLE_TIMEOUT.key(), "10 s");
    // The broker shares two cores with all else: fewer, larger requests leave it more for the job.
    flags.put("kafka.linger.ms", "50");
    flags.put(KithOptions.NODES.key(), "10000");
    // Negatives come from the target's key group: few groups, for the stream has 1,899 nodes only.
    flags.put(KithOptions.MAX_PARALLELISM.key(), "16");
    // A stream that is soon over should have something to look at.
    flags.put(KithOptions.EXPLAIN_SHARE.key(), "0.2");
    flags.put(KithOptions.WHO_NEXT.key(), "5");
    flags.put(KithOptions.WHO_NEXT_EVERY.key(), "7 d");
    if (model != null) {
      flags.put(KithOptions.MODEL.key(), model);
    }
    // The environment is for the user's own job, not for this one.
    return new SettingsLoader(Map.of()).load(Optional.empty(), flags);
  }
}
