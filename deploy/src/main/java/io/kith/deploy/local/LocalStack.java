package io.kith.deploy.local;

import io.kith.deploy.settings.Settings;
import io.kith.deploy.topics.Topics;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;

/**
 * Everything on one machine: Kafka and Flink in this process, the quality application in one of its
 * own. Started and closed by one thread.
 */
public final class LocalStack implements AutoCloseable {
  private final Resources open = new Resources();
  private final Path folder;
  private final Consumer<String> report;
  private EmbeddedKafka kafka;
  private EmbeddedFlink flink;
  private QualityApplication quality;
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
    quality = QualityApplication.start(root, log, all);
    open.add(quality::close);
    report.accept("The quality application (Kafka Streams) is starting in a process of its own");
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

  public QualityApplication quality() {
    return quality;
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
