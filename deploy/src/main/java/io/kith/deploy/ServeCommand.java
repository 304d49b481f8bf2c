package io.kith.deploy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

  @Unmatched List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException, CommandException {
    return StreamsProcess.run(MAIN, System.getenv(JAVA_OPTIONS), arguments);
  }
}
