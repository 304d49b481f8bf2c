package io.kith.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An application of the streams module as users run it, a process of its own. It is talkative, so
 * that it would say what it must not.
 */
public final class StreamsRun implements AutoCloseable {
  private static final String LOGGING =
      """
      <Configuration shutdownHook="disable">
        <Appenders><Console name="c"><PatternLayout pattern="%msg%n%throwable"/></Console></Appenders>
        <Loggers><Root level="info"><AppenderRef ref="c"/></Root></Loggers>
      </Configuration>
      """;

  private final Process process;
  private final Path log;

  private StreamsRun(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one.
   *
   * @param folder of its own; takes what it says and its state
   * @param main its class, below {@code io.kith.streams}
   * @param environment added to that of this process
   */
  public static StreamsRun start(
      Path folder, String main, Map<String, String> environment, String... arguments)
      throws IOException {
    Files.createDirectories(folder);
    Path logging = Files.writeString(folder.resolve("log4j2.xml"), LOGGING);
    Path target = Path.of("..", "streams", "target").toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile=" + logging,
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                "io.kith.streams." + main,
                "--state-dir=" + folder.resolve("state")));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Path log = folder.resolve("said");
    return new StreamsRun(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** True while it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** All that it has said. */
  public String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new IllegalStateException("nothing can be read: log=" + log, e);
    }
  }

  /** Asks it to stop in order and waits for that. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not stop: said=" + said());
    }
  }

  /** Kills it, if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
