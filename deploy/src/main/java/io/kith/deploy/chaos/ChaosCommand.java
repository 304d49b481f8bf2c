package io.kith.deploy.chaos;

import io.kith.deploy.Home;
import io.kith.deploy.SettingsUser;
import io.kith.deploy.console.Terminal;
import io.kith.deploy.demo.DemoStream;
import io.kith.deploy.edges.Recording;
import io.kith.deploy.local.Folders;
import io.kith.deploy.settings.Settings;
import io.kith.model.Interaction;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Kills the job's processes and shows that nobody can tell by the outputs. */
@Command(
    name = "chaos",
    description = {
      "Kill task managers, the broker and the job manager at random moments, and hold every output against an undisturbed run.",
      "",
      "  kith chaos --kills 20 --seed 1",
      "  kith chaos --kills 20 --seed 2 --delivery exactly-once --rescale",
      "  kith chaos --kills 10 --input edges.csv.gz --config my-settings.yaml",
      "",
      "Starts a Kafka broker, a Flink job manager and two task managers, each a process of its own, on free ports of this"
          + " machine, and stops them again. All settings of 'kith run' hold, but for those that must be set here:"
          + " bootstrap-servers, checkpoint-dir, state-dir (inside the folder of this run), idle-timeout (0, for silence is judged by the"
          + " clock) and timestamp-unit (ms). Unless set: window 1 h, checkpoint-interval 500 ms, parallelism 2,"
          + " max-parallelism 16, nodes as many as there are.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:exact",
      "1:the kills show, or the run failed; logs are kept, the message says where",
      "2:wrong settings",
      "130:stopped by Ctrl-C"
    })
public final class ChaosCommand implements Callable<Integer>, SettingsUser {
  /** About what a kill and the recovery from it take on two cores. */
  private static final double SECONDS_A_KILL = 6;

  @Spec CommandSpec spec;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Kills in all. In each ten: six task managers, three brokers, a job manager. Default: ${DEFAULT-VALUE}.")
  int kills;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What decides who is killed and when. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--rescale",
      description =
          "Double the parallelism by a savepoint after a third of the kills, and halve it after two thirds.")
  boolean rescale;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Interactions to send, CSV or JSON lines as for 'kith produce', times in ms; sorted by time. Default: the demo's.")
  Path input;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Send the first N interactions only. Default: ${DEFAULT-VALUE}.")
  int limit;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Interactions a second at most. Default: so many that the stream lasts for the kills, at six seconds each.")
  double rate;

  private final Terminal terminal = Terminal.stdout();

  @Override
  public List<ConfigOption<?>> settings() {
    return KithOptions.ALL;
  }

  @Override
  public Integer call() throws Exception {
    Settings given = load(spec);
    Path folder = Home.work().resolve("chaos-" + ProcessHandle.current().pid()).toAbsolutePath();
    Files.createDirectories(folder);
    boolean keepLogs = true;
    try {
      Verdict verdict = run(given, folder);
      keepLogs = !verdict.exact();
      return verdict.exact() ? 0 : 1;
    } catch (InterruptedException | ParameterException e) {
      keepLogs = false;
      throw e;
    } finally {
      cleanUp(folder, keepLogs);
    }
  }

  private Verdict run(Settings given, Path folder) throws Exception {
    List<Interaction> stream = stream(folder);
    Settings settings = ChaosSettings.withDefaults(given, stream);
    check(settings, stream);
    double perSecond = rate > 0 ? rate : stream.size() / (kills * SECONDS_A_KILL);
    terminal.print(
        "%d kills by seed %d; parallelism %d%s, delivery %s; %,d interactions, %.0f a second"
            .formatted(
                kills,
                seed,
                settings.get(KithOptions.PARALLELISM),
                rescale ? ", rescaled twice" : "",
                settings.get(KithOptions.DELIVERY),
                stream.size(),
                perSecond));
    Verdict verdict =
        new ChaosRun(settings, stream, folder, terminal)
            .run(KillPlan.of(seed, kills), rescale, perSecond);
    verdict.lines().forEach(terminal::print);
    return verdict;
  }

  /** By time, without self loops: the job would put those aside. */
  private List<Interaction> stream(Path folder) throws IOException {
    List<Interaction> all =
        input == null
            ? DemoStream.bundled(folder.resolve("input"), limit).interactions()
            : Recording.read(input, limit);
    return all.stream()
        .filter(interaction -> !interaction.isSelfLoop())
        .sorted(Comparator.comparingLong(Interaction::timestamp))
        .toList();
  }

  private void check(Settings settings, List<Interaction> stream) {
    List<String> faults = new ArrayList<>();
    if (kills < 1) {
      faults.add("no kill, no test: kills=" + kills + ", least=1");
    }
    if (stream.isEmpty()) {
      faults.add("no interactions: input=%s, limit=%d".formatted(input, limit));
    }
    int most = settings.get(KithOptions.PARALLELISM) * (rescale ? 2 : 1);
    if (most > settings.get(KithOptions.MAX_PARALLELISM)) {
      faults.add(
          "parallelism cannot be doubled; raise max-parallelism: parallelism=%d, max-parallelism=%d"
              .formatted(
                  settings.get(KithOptions.PARALLELISM),
                  settings.get(KithOptions.MAX_PARALLELISM)));
    }
    if (!faults.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), faults));
    }
  }

  /** Processes are gone by now. */
  private void cleanUp(Path folder, boolean keepLogs) throws IOException {
    if (!keepLogs) {
      Folders.delete(folder);
      return;
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : all.filter(path -> !path.endsWith("logs")).toList()) {
        Folders.delete(path);
      }
    }
    terminal.print("Logs of all processes: " + folder.resolve("logs"));
  }
}
