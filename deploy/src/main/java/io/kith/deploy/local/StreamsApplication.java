package io.kith.deploy.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An application of the streams module, as a process of its own: its RocksDB and that of Flink
 * share the package {@code org.rocksdb}, so they must not share a class path.
 */
public final class StreamsApplication implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  /**
   * Ends the application when this process does, however that ends: the pipe to the shell's
   * standard input closes. Neither takes the terminal's Ctrl-C for its own: this process does, and
   * closes it in order.
   */
  private static final String GUARD =
      "trap '' INT; \"$@\" & app=$!; trap 'kill $app 2>/dev/null' TERM; cat >/dev/null; kill $app 2>/dev/null;"
          + " wait $app";

  private final Process guard;
  private final Path log;

  private StreamsApplication(Process guard, Path log) {
    this.guard = guard;
    this.log = log;
  }

  /**
   * Starts the process.
   *
   * @param root the repository, where the streams module is built
   * @param log takes what the process says
   * @param main its class
   * @param arguments of that class
   */
  public static StreamsApplication start(Path root, Path log, String main, List<String> arguments)
      throws IOException {
    Path target = root.resolve("streams").resolve("target");
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                GUARD,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                // Short runs gain nothing from the second compiler, and the job beside it needs the
                // core.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                main));
    command.addAll(arguments);
    Process guard =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new StreamsApplication(guard, log);
  }

  /** True while it runs. */
  public boolean isAlive() {
    return guard.isAlive() && guard.descendants().findAny().isPresent();
  }

  /** Where to look when it does not. */
  public Path log() {
    return log;
  }

  /** Asks it to leave its group in order, and insists after a while. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    List<ProcessHandle> all = guard.descendants().toList();
    try {
      guard.getOutputStream().close();
      if (!guard.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        all.forEach(ProcessHandle::destroyForcibly);
        guard.destroyForcibly();
      }
    } catch (IOException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
