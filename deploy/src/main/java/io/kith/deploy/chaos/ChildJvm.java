package io.kith.deploy.chaos;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java process on this one's class path, with the same access to the JDK. It does not outlive
 * this process: see {@link Leash}. One thread starts and ends it.
 */
final class ChildJvm implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  /** Of this process's flags those that Chronicle, Flink and Kafka need as well. */
  private static final List<String> HANDED_ON =
      List.of("--add-", "--enable-native", "--sun-misc", "-Dchronicle.", "-Dlog4j2.");

  private final String name;
  private final Process process;
  private final Path log;

  private ChildJvm(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the process.
   *
   * @param name of its files in {@code folder}, unique there
   * @param heapMb most heap, MiB
   * @param main class with a {@code main}
   */
  static ChildJvm start(String name, Path folder, int heapMb, String main, List<String> arguments)
      throws IOException {
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Path scratch = Files.createDirectories(folder.resolve("tmp"));
    Path log = logs.resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> HANDED_ON.stream().anyMatch(flag::startsWith))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx" + heapMb + "m",
            "-XX:+UseSerialGC",
            // Short lives gain nothing from the second compiler; without it vectors are slow.
            "-XX:TieredStopAtLevel=1",
            "-Dkith.kernels=scalar",
            // Flink's own setting does not reach it, and 10 s are too few on a busy machine.
            "-Dpekko.remote.classic.startup-timeout=120s",
            "-Djava.io.tmpdir=" + scratch,
            "-Dkith.log=" + log,
            "-cp",
            System.getProperty("java.class.path"),
            Leash.class.getName(),
            main));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new ChildJvm(name, process, log);
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Its end that nobody asked for, in words. */
  String obituary() {
    return "exit=%d, log=%s".formatted(process.exitValue(), log);
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to stop, and insists after a while; returns when it is gone. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Writes what its threads do beside its log; at most once for the sense of it. */
  void dumpThreads() throws IOException, InterruptedException {
    Process jstack =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jstack").toString(),
                String.valueOf(process.pid()))
            .redirectErrorStream(true)
            .redirectOutput(log.resolveSibling(name + "-threads.txt").toFile())
            .start();
    if (!jstack.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      jstack.destroyForcibly();
    }
  }

  @Override
  public void close() {
    // Waits, interrupted or not: who removes its files next must not meet it.
    process.destroyForcibly().onExit().join();
  }
}
