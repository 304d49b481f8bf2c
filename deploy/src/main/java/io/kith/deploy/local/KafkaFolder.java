package io.kith.deploy.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * A formatted folder of one Kafka node, broker and KRaft controller at once, reachable from this
 * machine only. Whoever runs a node on it finds there what the node before left.
 */
public final class KafkaFolder {
  private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

  private final Path path;
  private final Properties settings;
  private final int port;

  private KafkaFolder(Path path, Properties settings, int port) {
    this.path = path;
    this.settings = settings;
    this.port = port;
  }

  /**
   * Formats a folder.
   *
   * @param path must be empty or absent
   * @param port of the broker
   * @param controllerPort of the controller
   */
  public static KafkaFolder format(Path path, int port, int controllerPort) throws IOException {
    return format(path, port, controllerPort, Map.of());
  }

  /**
   * Formats a folder.
   *
   * @param further settings of the node, which win; its listener for clients is named {@code
   *     CLIENTS}
   */
  static KafkaFolder format(Path path, int port, int controllerPort, Map<String, String> further)
      throws IOException {
    Files.createDirectories(path);
    Properties settings = settings(path.toAbsolutePath(), port, controllerPort);
    settings.putAll(further);
    KafkaFolder folder = new KafkaFolder(path, settings, port);
    folder.format();
    return folder;
  }

  Path path() {
    return path;
  }

  Properties settings() {
    return settings;
  }

  /** The settings, as {@code kafka.Kafka} reads them. */
  public Path settingsFile() {
    return path.resolve("server.properties");
  }

  /** Where clients connect, as {@code host:port}. */
  public String bootstrapServers() {
    return LOOPBACK + ":" + port;
  }

  private static Properties settings(Path folder, int brokerPort, int controllerPort) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty(
        "listeners",
        "CLIENTS://%s:%d,CONTROLLER://%s:%d"
            .formatted(LOOPBACK, brokerPort, LOOPBACK, controllerPort));
    p.setProperty("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("inter.broker.listener.name", "CLIENTS");
    p.setProperty("log.dirs", folder.resolve("log").toString());
    // A single node: internal topics have one replica, small enough to be there at once.
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("transaction.state.log.num.partitions", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    // Times in the data are years old: deletion by age would take them at once.
    p.setProperty("log.retention.ms", "-1");
    // No surprise topics from a mistyped name.
    p.setProperty("auto.create.topics.enable", "false");
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "2");
    p.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    p.setProperty("controlled.shutdown.enable", "false");
    return p;
  }

  private void format() throws IOException {
    try (Writer out = Files.newBufferedWriter(settingsFile())) {
      settings.store(out, null);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] arguments = {
      "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", settingsFile().toString()
    };
    int exit = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
    if (exit != 0) {
      throw new IOException(
          said.toString(StandardCharsets.UTF_8).strip() + ": folder=" + path + ", exit=" + exit);
    }
  }
}
