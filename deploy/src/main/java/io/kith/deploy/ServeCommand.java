package io.kith.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code kith serve}: the serving application of the streams module, as a process of its own, for
 * its RocksDB and that of Flink must not share a class path. All flags are passed on to it.
 */
@Command(
    name = "serve",
    description =
        "Answer over HTTP: embeddings, similar nodes, predictions, quality. 'kith serve --help' says"
            + " more.")
final class ServeCommand implements Callable<Integer> {
  private static final String MAIN = "io.kith.streams.serve.ServeMain";

  /** Options of the process's JVM, separated by blanks. */
  private static final String JAVA_OPTIONS = "KITH_SERVE_JAVA_OPTS";

  /** Above what the application takes to leave its group in order. */
  private static final long PATIENCE_SECONDS = 8;

  @Unmatched List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    Path target = Home.root().resolve("streams").resolve("target");
    if (!Files.isDirectory(target.resolve("lib"))) {
      throw new CommandException("not built, run it by the kith script: folder=" + target);
    }
    Process process =
        new ProcessBuilder(command(target, System.getenv(JAVA_OPTIONS), arguments))
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

  private static List<String> command(Path target, String javaOptions, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (javaOptions != null && !javaOptions.isBlank()) {
      command.addAll(List.of(javaOptions.strip().split("\\s+")));
    }
    command.addAll(List.of("-cp", target.resolve("classes") + ":" + target.resolve("lib") + "/*"));
    command.add(MAIN);
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
