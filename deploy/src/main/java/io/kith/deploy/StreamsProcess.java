package io.kith.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An application of the streams module in the foreground, as a process of its own, for its RocksDB
 * and that of Flink must not share a class path.
 */
final class StreamsProcess {
  /** Above what an application takes to leave its group in order. */
  private static final long PATIENCE_SECONDS = 8;

  private StreamsProcess() {}

  /**
   * Runs it to its end.
   *
   * @param main its class
   * @param javaOptions of its JVM, separated by blanks; may be null
   * @param arguments passed on as they are
   * @return its exit code
   */
  static int run(String main, String javaOptions, List<String> arguments)
      throws IOException, InterruptedException, CommandException {
    Path target = Home.root().resolve("streams").resolve("target");
    if (!Files.isDirectory(target.resolve("lib"))) {
      throw new CommandException("not built, run it by the kith script: folder=" + target);
    }
    Process process =
        new ProcessBuilder(command(target, main, javaOptions, arguments))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      stop(process);
      throw e;
    }
  }

  private static List<String> command(
      Path target, String main, String javaOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (javaOptions != null && !javaOptions.isBlank()) {
      command.addAll(List.of(javaOptions.strip().split("\\s+")));
    }
    command.addAll(List.of("-cp", target.resolve("classes") + ":" + target.resolve("lib") + "/*"));
    command.add(main);
    command.addAll(arguments);
    return command;
  }

  /** Ctrl-C has reached it already; another kill of this command has not. */
  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
