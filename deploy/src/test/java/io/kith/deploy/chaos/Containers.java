package io.kith.deploy.chaos;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A broker, a job manager and task managers of two slots each, in containers on a network of their
 * own, and what can befall them. One thread.
 *
 * <p>The images are those that {@code deploy/docker/build} makes; the environment may name others.
 */
final class Containers implements AutoCloseable {
  /** Where the broker is reached from within the network. */
  static final String BROKER = "kafka:19092";

  /** Shared by job manager and task managers, as checkpoints must be. */
  static final String DATA = "/flink-data";

  /** Where the settings stand in the job manager, in whose process the job's entry runs. */
  static final String SETTINGS = "/opt/kith/kith.yaml";

  /** Another model, for a second job. */
  static final String OTHER_MODEL = "/opt/kith/other.safetensors";

  private static final String SCRIPT = "/opt/kith/flink-job";
  private static final String KAFKA_IMAGE = image("KAFKA_IMAGE", "apache/kafka:4.2.1");
  private static final String JOB_IMAGE = image("JOB_IMAGE", "kith/job:0.1.0");
  private static final String STREAMS_IMAGE = image("STREAMS_IMAGE", "kith/streams:0.1.0");

  /** For those that live too briefly to get back what the second compiler takes. */
  private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  private static final int REST = 8081;
  private static final int HTTP = 8480;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Who is gone is noticed after eight seconds, and the job begins again at once. */
  private static final String FLINK =
      """
      jobmanager.rpc.address: jobmanager
      jobmanager.memory.process.size: 900m
      taskmanager.memory.process.size: 1100m
      taskmanager.memory.task.off-heap.size: 128m
      taskmanager.memory.managed.size: 64m
      taskmanager.numberOfTaskSlots: 2
      taskmanager.load-balance.mode: SLOTS
      heartbeat.interval: 1000
      heartbeat.timeout: 8000
      pekko.ask.timeout: 30 s
      restart-strategy.type: fixed-delay
      restart-strategy.fixed-delay.attempts: 1000000
      restart-strategy.fixed-delay.delay: 500 ms
      """;

  private final DockerClient docker = DockerClientFactory.instance().client();
  private final Network network = Network.newNetwork();
  private final String volume = "kith-" + UUID.randomUUID();
  private final KafkaContainer broker;
  private final GenericContainer<?> jobManager;
  private final List<GenericContainer<?>> taskManagers = new ArrayList<>();
  private GenericContainer<?> serving;

  /**
   * Starts nothing yet.
   *
   * @param settings file of the job's settings
   * @param otherModel weights file
   */
  Containers(Path settings, Path otherModel) {
    broker =
        new KafkaContainer(
                DockerImageName.parse(KAFKA_IMAGE).asCompatibleSubstituteFor("apache/kafka"))
            .withNetwork(network)
            .withEnv("KAFKA_HEAP_OPTS", "-Xmx384m " + ONE_COMPILER)
            .withListener(BROKER)
            .withStartupTimeout(PATIENCE);
    jobManager =
        flink("jobmanager")
            .withNetworkAliases("jobmanager")
            // The first is the image's own.
            .withEnv("JDK_JAVA_OPTIONS", "@/opt/kith/jvm.options " + ONE_COMPILER)
            .withCopyFileToContainer(MountableFile.forHostPath(settings, 0644), SETTINGS)
            .withCopyFileToContainer(MountableFile.forHostPath(otherModel, 0644), OTHER_MODEL)
            .withCopyFileToContainer(
                MountableFile.forHostPath(OpsScript.file("flink-job"), 0755), SCRIPT)
            .withExposedPorts(REST)
            .waitingFor(Wait.forHttp("/overview").forPort(REST).withStartupTimeout(PATIENCE));
  }

  private static String image(String variable, String usual) {
    return System.getenv().getOrDefault(variable, usual);
  }

  /** Returns when the broker answers and {@code number} task managers have been started. */
  void start(int number) {
    for (int i = 0; i < number; i++) {
      taskManagers.add(taskManager());
    }
    Startables.deepStart(Stream.concat(Stream.of(broker, jobManager), taskManagers.stream()))
        .join();
  }

  /** One that finds no job manager may end; on a busy machine that takes its time to come up. */
  private GenericContainer<?> taskManager() {
    return flink("taskmanager")
        .dependsOn(jobManager)
        .withStartupAttempts(3)
        .waitingFor(
            Wait.forLogMessage(".*Successful registration at resource manager.*", 1)
                .withStartupTimeout(PATIENCE));
  }

  private GenericContainer<?> flink(String role) {
    return new GenericContainer<>(DockerImageName.parse(JOB_IMAGE))
        .withNetwork(network)
        .withEnv(Map.of("FLINK_PROPERTIES", FLINK, "JOB_MANAGER_RPC_ADDRESS", "jobmanager"))
        .withCreateContainerCmdModifier(
            command -> command.getHostConfig().withBinds(new Bind(volume, new Volume(DATA))))
        .withCommand(role);
  }

  /** Where the broker is reached from this process. */
  String bootstrapServers() {
    return broker.getBootstrapServers().replace("PLAINTEXT://", "");
  }

  /** Where Flink's REST is reached from this process. */
  String rest() {
    return "http://" + jobManager.getHost() + ":" + jobManager.getMappedPort(REST);
  }

  /** SIGKILL to a task manager; its place stays empty. */
  void killTaskManager() {
    GenericContainer<?> victim = taskManagers.remove(0);
    docker.killContainerCmd(victim.getContainerId()).exec();
    victim.stop();
  }

  /** Starts another one. */
  void addTaskManager() {
    GenericContainer<?> another = taskManager();
    taskManagers.add(another);
    another.start();
  }

  /** SIGKILL to the job manager, and a new one that knows of nothing, under another address. */
  void replaceJobManager() {
    docker.killContainerCmd(jobManager.getContainerId()).exec();
    jobManager.stop();
    jobManager.start();
  }

  /** Submits the jar in the image by Flink's own command line, and returns the job's id. */
  String flinkRun(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("flink", "run", "--detached", "/opt/flink/usrlib/kith-job.jar"));
    command.addAll(List.of(arguments));
    ExecResult ran = jobManager.execInContainer(command.toArray(String[]::new));
    Matcher job = Pattern.compile("JobID ([0-9a-f]{32})").matcher(ran.getStdout());
    if (ran.getExitCode() != 0 || !job.find()) {
      throw new AssertionError(
          "flink run failed: exit=%d, said=%s%s"
              .formatted(ran.getExitCode(), ran.getStdout(), ran.getStderr()));
    }
    return job.group(1);
  }

  /** The newest checkpoint in a folder that the cluster sees, as the script finds it there. */
  String newestCheckpoint(String folder) throws IOException, InterruptedException {
    ExecResult found = jobManager.execInContainer("bash", SCRIPT, "newest", folder);
    if (found.getExitCode() != 0) {
      throw new AssertionError("script failed: said=" + found.getStderr());
    }
    return found.getStdout().strip();
  }

  /** The broker stops in its tracks: connections stay open, and nobody answers. */
  void pauseBroker() {
    docker.pauseContainerCmd(broker.getContainerId()).exec();
  }

  void unpauseBroker() {
    docker.unpauseContainerCmd(broker.getContainerId()).exec();
  }

  /**
   * Takes a task manager off the network; it runs on.
   *
   * @return what brings it back, under the address that it had
   */
  Runnable cutOff() {
    String container = taskManagers.get(0).getContainerId();
    String address =
        docker
            .inspectContainerCmd(container)
            .exec()
            .getNetworkSettings()
            .getNetworks()
            .values()
            .iterator()
            .next()
            .getIpAddress();
    docker
        .disconnectFromNetworkCmd()
        .withContainerId(container)
        .withNetworkId(network.getId())
        .withForce(true)
        .exec();
    return () ->
        docker
            .connectToNetworkCmd()
            .withContainerId(container)
            .withNetworkId(network.getId())
            .withContainerNetwork(new ContainerNetwork().withIpv4Address(address))
            .exec();
  }

  /** Starts the serving application, and says where it answers once it has read the topics. */
  String serve(String prefix) {
    serving =
        new GenericContainer<>(DockerImageName.parse(STREAMS_IMAGE))
            .withNetwork(network)
            .withNetworkAliases("serve")
            .withCommand(
                "io.kith.streams.serve.ServeMain",
                "--bootstrap-servers",
                BROKER,
                "--prefix",
                prefix,
                "--listen",
                "0.0.0.0:" + HTTP,
                "--advertise",
                "serve:" + HTTP,
                "--state-dir",
                "/var/lib/kith/serve")
            .withExposedPorts(HTTP)
            .waitingFor(Wait.forHttp("/health/ready").forPort(HTTP).withStartupTimeout(PATIENCE));
    serving.start();
    return "http://" + serving.getHost() + ":" + serving.getMappedPort(HTTP);
  }

  /** What they have said, for a test that failed. */
  String logs() {
    StringBuilder all = new StringBuilder();
    Stream.concat(Stream.of(jobManager), taskManagers.stream())
        .filter(GenericContainer::isRunning)
        .forEach(
            container -> {
              String log = container.getLogs();
              all.append("\n== ").append(container.getContainerId(), 0, 12).append('\n');
              all.append(log, Math.max(0, log.length() - 6000), log.length());
            });
    return all.toString();
  }

  @Override
  public void close() {
    if (serving != null) {
      serving.stop();
    }
    taskManagers.forEach(GenericContainer::stop);
    jobManager.stop();
    broker.stop();
    network.close();
    docker.removeVolumeCmd(volume).exec();
  }
}
