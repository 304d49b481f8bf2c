package io.kith.deploy.local;

import io.kith.deploy.settings.Settings;
import io.kith.deploy.topics.Topics;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;

/**
 * Everything on one machine: Kafka and Flink in this process, the applications of Kafka Streams
 * each in one of its own. Started and closed by one thread.
 */
public final class LocalStack implements AutoCloseable {
  private final Resources open = new Resources();
  private final Path folder;
  private final Consumer<String> report;
  private EmbeddedKafka kafka;
  private EmbeddedFlink flink;
  private StreamsApplication quality;
  private StreamsApplication serving;
  private Settings settings;

  /**
   * Starts nothing yet.
   *
   * @param folder for all data; removed at the end
   * @param report is told each step
   */
  public LocalStack(Path folder, Consumer<String> report) {
    this.folder = folder;
    this.report = report;
  }

  /** Starts Kafka and creates the topics. */
  public void startKafka(Settings wanted, int port, int partitions)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    open.add(() -> Folders.delete(folder));
    kafka = EmbeddedKafka.start(folder.resolve("kafka"), port, false);
    open.add(kafka::close);
    Configuration with = new Configuration(wanted.flink());
    with.set(KithOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
    settings = new Settings(with, wanted.kafka());
    try (Topics topics = new Topics(kafka.bootstrapServers(), Map.of())) {
      topics.ensure(settings.get(KithOptions.PREFIX), partitions, (short) 1);
    }
    report.accept("Kafka is up at " + kafka.bootstrapServers());
  }

  /** Starts the quality application; it takes some seconds until it publishes. */
  public void startQuality(Path root, Path log, List<String> arguments) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--prefix",
                settings.get(KithOptions.PREFIX),
                "--state-dir",
                folder.resolve("streams").toString()));
    all.addAll(arguments);
    quality = StreamsApplication.start(root, log, "io.kith.streams.QualityMain", all);
    open.add(quality::close);
    report.accept("The quality application (Kafka Streams) is starting in a process of its own");
  }

  /**
   * Starts the serving application; it takes some seconds until it answers.
   *
   * @param port another is taken where this one is not free; 0 for any
   * @param arguments further ones
   * @return its address, with a slash at the end
   */
  public String startServing(Path root, Path log, int port, List<String> arguments)
      throws IOException {
    int free = freePort(port);
    String listen = "127.0.0.1:" + free;
    List<String> all =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--prefix",
                settings.get(KithOptions.PREFIX),
                "--listen",
                listen,
                "--state-dir",
                folder.resolve("serve").toString()));
    all.addAll(arguments);
    serving = StreamsApplication.start(root, log, "io.kith.streams.serve.ServeMain", all);
    open.add(serving::close);
    String address = "http://" + listen + "/";
    report.accept(
        free == port || port == 0
            ? "A page to watch it: " + address
            : "A page to watch it: %s (port %d is taken)".formatted(address, port));
    return address;
  }

  private static int freePort(int wanted) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket socket = new ServerSocket(wanted, 1, loopback)) {
      return socket.getLocalPort();
    } catch (BindException e) {
      try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
        return socket.getLocalPort();
      }
    }
  }

  /** Starts Flink and the job on it. */
  public void startJob() throws Exception {
    flink = LocalJob.start(settings, folder.resolve("checkpoints"), Optional.empty());
    open.add(flink::close);
    report.accept(
        "Flink runs the job: parallelism %d, windows of %d ms"
            .formatted(
                settings.get(KithOptions.PARALLELISM),
                settings.get(KithOptions.WINDOW).toMillis()));
  }

  /** The settings, with the address of the embedded Kafka. */
  public Settings settings() {
    return settings;
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public EmbeddedFlink flink() {
    return flink;
  }

  public StreamsApplication quality() {
    return quality;
  }

  public StreamsApplication serving() {
    return serving;
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
