package io.kith.deploy.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node in this process, broker and KRaft controller at once, reachable from this machine
 * only. Its data lies in a folder that {@link #close} removes unless told to keep it.
 *
 * <p>Started and closed by one thread; {@link #bootstrapServers} may be read by any.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private final KafkaRaftServer server;
  private final KafkaFolder folder;
  private final boolean keep;

  private EmbeddedKafka(KafkaRaftServer server, KafkaFolder folder, boolean keep) {
    this.server = server;
    this.folder = folder;
    this.keep = keep;
  }

  /**
   * Formats a new folder and starts the node; returns when it takes requests.
   *
   * @param folder must be empty or absent
   * @param port of the broker, 0 for a free one
   * @param keep leaves the folder in place at the end
   */
  public static EmbeddedKafka start(Path folder, int port, boolean keep) throws IOException {
    return start(folder, port, keep, Map.of());
  }

  /**
   * The same with further settings of the node, which win.
   *
   * @param further its listener for clients is named {@code CLIENTS}
   */
  public static EmbeddedKafka start(
      Path folder, int port, boolean keep, Map<String, String> further) throws IOException {
    int brokerPort;
    int controllerPort;
    try (ServerSocket broker = listen(port);
        ServerSocket controller = listen(0)) {
      brokerPort = broker.getLocalPort();
      controllerPort = controller.getLocalPort();
    }
    KafkaFolder formatted = KafkaFolder.format(folder, brokerPort, controllerPort, further);
    KafkaConfig settings = new KafkaConfig(formatted.settings(), false);
    KafkaRaftServer server = new KafkaRaftServer(settings, Time.SYSTEM);
    server.startup();
    return new EmbeddedKafka(server, formatted, keep);
  }

  /** Where clients connect, as {@code host:port}. */
  public String bootstrapServers() {
    return folder.bootstrapServers();
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

  @Override
  public void close() {
    // A pending interrupt would cut the orderly end short.
    boolean interrupted = Thread.interrupted();
    try {
      server.shutdown();
      server.awaitShutdown();
      if (!keep) {
        Folders.delete(folder.path());
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
