package io.kith.deploy.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node in this process, broker and KRaft controller at once, reachable from this machine
 * only. Its data lies in a folder that {@link #close} removes unless told to keep it.
 *
 * <p>Started and closed by one thread; {@link #bootstrapServers} may be read by any.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

  private final KafkaRaftServer server;
  private final Path folder;
  private final boolean keep;
  private final String bootstrapServers;

  private EmbeddedKafka(KafkaRaftServer server, Path folder, boolean keep, int port) {
    this.server = server;
    this.folder = folder;
    this.keep = keep;
    this.bootstrapServers = LOOPBACK + ":" + port;
  }

  /**
   * Formats a new folder and starts the node; returns when it takes requests.
   *
   * @param folder must be empty or absent
   * @param port of the broker, 0 for a free one
   * @param keep leaves the folder in place at the end
   */
  public static EmbeddedKafka start(Path folder, int port, boolean keep) throws IOException {
    Files.createDirectories(folder);
    int brokerPort;
    int controllerPort;
    try (ServerSocket broker = listen(port);
        ServerSocket controller = listen(0)) {
      brokerPort = broker.getLocalPort();
      controllerPort = controller.getLocalPort();
    }
    Properties settings = settings(folder.toAbsolutePath(), brokerPort, controllerPort);
    format(folder, settings);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
    return new EmbeddedKafka(server, folder, keep, brokerPort);
  }

  /** Where clients connect, as {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  private static ServerSocket listen(int port) throws IOException {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IOException(
          "port is taken; name another with --kafka-port, or 0 for a free one: kafka-port=" + port,
          e);
    }
  }

  private static Properties settings(Path folder, int brokerPort, int controllerPort) {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty(
        "listeners",
        "PLAINTEXT://%s:%d,CONTROLLER://%s:%d"
            .formatted(LOOPBACK, brokerPort, LOOPBACK, controllerPort));
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("inter.broker.listener.name", "PLAINTEXT");
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

  private static void format(Path folder, Properties settings) throws IOException {
    Path file = folder.resolve("server.properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] arguments = {
      "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()
    };
    int exit = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
    if (exit != 0) {
      throw new IOException(
          said.toString(StandardCharsets.UTF_8).strip() + ": folder=" + folder + ", exit=" + exit);
    }
  }

  @Override
  public void close() {
    // A pending interrupt would cut the orderly end short.
    boolean interrupted = Thread.interrupted();
    try {
      server.shutdown();
      server.awaitShutdown();
      if (!keep) {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
