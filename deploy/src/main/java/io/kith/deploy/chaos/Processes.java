package io.kith.deploy.chaos;

import io.kith.deploy.CommandException;
import io.kith.deploy.local.KafkaFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A broker, a job manager and task managers, each a process. One thread starts, kills and closes
 * them.
 */
final class Processes implements AutoCloseable {
  private static final int BROKER_HEAP_MB = 384;
  private static final int JOB_MANAGER_HEAP_MB = 256;
  private static final int TASK_MANAGER_HEAP_MB = 512;
  private static final String HERE = "127.0.0.1";

  private final Path folder;
  private final Path flinkFolder;
  private final KafkaFolder kafka;
  private final int restPort;
  private final List<ChildJvm> taskManagers = new ArrayList<>();
  private ChildJvm broker;
  private ChildJvm jobManager;
  private int started;

  /**
   * Starts nothing yet.
   *
   * @param folder for all that they write
   * @param slots of each task manager
   */
  Processes(Path folder, int slots) throws IOException {
    this.folder = folder;
    this.kafka = KafkaFolder.format(folder.resolve("kafka"), FreePort.any(), FreePort.any());
    this.restPort = FreePort.any();
    this.flinkFolder = Files.createDirectories(folder.resolve("flink"));
    Files.writeString(
        flinkFolder.resolve("config.yaml"),
        flinkSettings(slots).entrySet().stream()
            .map(setting -> setting.getKey() + ": " + setting.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  private Map<String, String> flinkSettings(int slots) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    settings.put("jobmanager.rpc.address", HERE);
    settings.put("jobmanager.rpc.port", String.valueOf(FreePort.any()));
    settings.put("jobmanager.bind-host", HERE);
    settings.put("rest.address", HERE);
    settings.put("rest.bind-address", HERE);
    settings.put("rest.port", String.valueOf(restPort));
    settings.put("rest.bind-port", String.valueOf(restPort));
    settings.put("taskmanager.host", HERE);
    settings.put("taskmanager.bind-host", HERE);
    settings.put("taskmanager.numberOfTaskSlots", String.valueOf(slots));
    // Every task manager is to have something to lose.
    settings.put("taskmanager.load-balance.mode", "SLOTS");
    // Outside of Flink's own scripts every part of the memory must be named.
    settings.put("taskmanager.cpu.cores", "1.0");
    settings.put("taskmanager.memory.framework.heap.size", "128m");
    settings.put("taskmanager.memory.framework.off-heap.size", "64m");
    settings.put("taskmanager.memory.jvm-metaspace.size", "128m");
    settings.put("taskmanager.memory.jvm-overhead.min", "64m");
    settings.put("taskmanager.memory.jvm-overhead.max", "64m");
    settings.put("taskmanager.memory.task.heap.size", "256m");
    settings.put("taskmanager.memory.task.off-heap.size", "0m");
    settings.put("taskmanager.memory.network.min", "64m");
    settings.put("taskmanager.memory.network.max", "64m");
    settings.put("taskmanager.memory.managed.size", "16m");
    // Who dies is noticed soon, who is slow on a busy machine is not taken for dead.
    settings.put("heartbeat.interval", "500");
    settings.put("heartbeat.timeout", "10000");
    settings.put("pekko.ask.timeout", "30 s");
    settings.put("cluster.registration.error-delay", "500");
    settings.put("cluster.registration.refused-registration-delay", "500");
    settings.put("slot.request.timeout", "120000");
    return settings;
  }

  void startAll(int number) throws IOException {
    startBroker();
    startJobManager();
    for (int i = 0; i < number; i++) {
      startTaskManager();
    }
  }

  private void startBroker() throws IOException {
    broker =
        start(
            "broker",
            BROKER_HEAP_MB,
            "kafka.Kafka",
            List.of(kafka.settingsFile().toAbsolutePath().toString()));
  }

  private void startJobManager() throws IOException {
    jobManager =
        start(
            "jobmanager",
            JOB_MANAGER_HEAP_MB,
            StandaloneSessionClusterEntrypoint.class.getName(),
            List.of("--configDir", flinkFolder.toAbsolutePath().toString()));
  }

  private void startTaskManager() throws IOException {
    taskManagers.add(
        start(
            "taskmanager",
            TASK_MANAGER_HEAP_MB,
            TaskManagerRunner.class.getName(),
            List.of("--configDir", flinkFolder.toAbsolutePath().toString())));
  }

  private ChildJvm start(String kind, int heapMb, String main, List<String> arguments)
      throws IOException {
    return ChildJvm.start(kind + "-" + ++started, folder, heapMb, main, arguments);
  }

  /** Ends the one that a strike is meant for, and says its name; it is gone on return. */
  String kill(Strike strike) throws InterruptedException {
    ChildJvm victim =
        switch (strike.victim()) {
          case BROKER -> broker;
          case JOB_MANAGER -> jobManager;
          case TASK_MANAGER -> taskManagers.remove(strike.place() % taskManagers.size());
        };
    if (strike.orderly()) {
      victim.stop();
    } else {
      victim.kill();
    }
    return victim.name();
  }

  /** Starts another in the place of one that was killed. */
  void replace(Victim victim) throws IOException {
    switch (victim) {
      case BROKER -> startBroker();
      case JOB_MANAGER -> startJobManager();
      case TASK_MANAGER -> startTaskManager();
    }
  }

  /**
   * Looks whether broker and job manager are alive.
   *
   * @param away the one that has been killed and not yet replaced; null for none
   */
  void failOnDeath(Victim away) throws CommandException {
    if (away != Victim.BROKER) {
      failOnDeath(broker);
    }
    if (away != Victim.JOB_MANAGER) {
      failOnDeath(jobManager);
    }
  }

  private static void failOnDeath(ChildJvm child) throws CommandException {
    if (!child.isAlive()) {
      throw new CommandException(
          "a process ended that nobody killed: name=%s, %s"
              .formatted(child.name(), child.obituary()));
    }
  }

  /**
   * Replaces the task managers that ended by themselves, as Flink's do where a task that lost its
   * peer cannot clean up behind it.
   *
   * @return what is to be said of each
   */
  List<String> replaceSuicides() throws IOException {
    List<ChildJvm> dead = taskManagers.stream().filter(child -> !child.isAlive()).toList();
    for (ChildJvm child : dead) {
      taskManagers.remove(child);
      startTaskManager();
    }
    return dead.stream().map(child -> child.name() + ", " + child.obituary()).toList();
  }

  /** Writes for each process what its threads do, beside its log. */
  void dumpThreads() throws IOException, InterruptedException {
    for (ChildJvm child : all()) {
      if (child.isAlive()) {
        child.dumpThreads();
      }
    }
  }

  private List<ChildJvm> all() {
    List<ChildJvm> all = new ArrayList<>(taskManagers);
    if (jobManager != null) {
      all.add(jobManager);
    }
    if (broker != null) {
      all.add(broker);
    }
    return all;
  }

  /** Address of Kafka, as {@code host:port}. */
  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** How a client finds the job manager. */
  Configuration client() {
    Configuration client = new Configuration();
    client.set(JobManagerOptions.ADDRESS, HERE);
    client.set(RestOptions.ADDRESS, HERE);
    client.set(RestOptions.PORT, restPort);
    client.set(RestOptions.RETRY_MAX_ATTEMPTS, 0);
    return client;
  }

  @Override
  public void close() {
    all().forEach(ChildJvm::close);
  }
}
