package io.kith.deploy.chaos;

import io.kith.deploy.EdgeProducer;
import io.kith.deploy.console.Terminal;
import io.kith.deploy.local.ModelFile;
import io.kith.deploy.settings.Settings;
import io.kith.deploy.topics.Topics;
import io.kith.model.Interaction;
import io.kith.operators.KithOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run: the undisturbed outcome, the processes, the kills, the verdict. One thread. */
final class ChaosRun {
  private static final int TASK_MANAGERS = 2;

  /** The client's own patience outlasts every outage; order and single delivery are its default. */
  private static final Map<String, String> PRODUCER =
      Map.of("delivery.timeout.ms", "600000", "max.block.ms", "600000");

  private final Settings given;
  private final List<Interaction> stream;
  private final Path folder;
  private final Terminal terminal;

  /**
   * Starts nothing yet.
   *
   * @param stream by time, without self loops
   * @param folder for all that is written; left to the caller
   */
  ChaosRun(Settings given, List<Interaction> stream, Path folder, Terminal terminal) {
    this.given = given;
    this.stream = stream;
    this.folder = folder;
    this.terminal = terminal;
  }

  /**
   * Carries out a plan; all processes are gone on return.
   *
   * @param perSecond interactions a second
   */
  Verdict run(KillPlan plan, boolean rescale, double perSecond) throws Exception {
    Display display =
        new Display(terminal, System.nanoTime(), plan.strikes().size(), stream.size());
    int parallelism = given.get(KithOptions.PARALLELISM);
    int most = rescale ? 2 * parallelism : parallelism;
    int slots = (most + TASK_MANAGERS - 1) / TASK_MANAGERS;
    Ledger ledger = new Ledger();
    try (Processes processes = new Processes(folder, slots)) {
      Settings settings = ChaosSettings.bound(given, processes.bootstrapServers(), folder);
      processes.startAll(TASK_MANAGERS);
      display.event("Starting a broker, a job manager and two task managers");
      Undisturbed.run(settings, ModelFile.read(settings), stream, folder, ledger::expect);
      display.event("Undisturbed: %,d records come out".formatted(ledger.expected()));
      createTopics(settings, most);
      try (RemoteJob job = new RemoteJob(settings, processes.client());
          Outputs outputs = new Outputs(settings, ledger);
          Feed feed = feed(settings, perSecond, most)) {
        Chaos chaos =
            new Chaos(processes, job, feed, outputs, ledger, parallelism, rescale, display);
        chaos.run(plan);
        display.event(chaos.summary(plan));
      }
    }
    return Verdict.of(ledger, given.get(KithOptions.DELIVERY));
  }

  /** As many partitions as subtasks at most: without an idle timeout each must have one. */
  private static void createTopics(Settings settings, int partitions) throws InterruptedException {
    try (Topics topics = new Topics(settings.get(KithOptions.BOOTSTRAP_SERVERS), Map.of())) {
      topics.ensure(settings.get(KithOptions.PREFIX), partitions, (short) 1);
    }
  }

  private Feed feed(Settings settings, double perSecond, int partitions) {
    Map<String, String> properties = new HashMap<>(settings.kafka());
    properties.putAll(PRODUCER);
    EdgeProducer producer =
        new EdgeProducer(
            settings.get(KithOptions.BOOTSTRAP_SERVERS), properties, settings.topic("edges"));
    long after = ChaosSettings.closesAfterMs(settings);
    List<Interaction> ends = Feed.ends(stream.get(stream.size() - 1), after, partitions);
    return new Feed(producer, stream, perSecond, ends);
  }
}
