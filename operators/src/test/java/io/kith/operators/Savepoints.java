package io.kith.operators;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** Stopping a job and going on from there. */
final class Savepoints {
  private static final Duration STARTING = Duration.ofMinutes(1);

  private Savepoints() {}

  /** Stops a job, without closing windows; where its savepoint is. */
  static String stop(JobClient job, Path dir) throws Exception {
    return onceAllRun(
        () -> job.stopWithSavepoint(false, dir.toUri().toString(), SavepointFormatType.CANONICAL));
  }

  /** Makes a savepoint of a job that goes on; where it is. */
  static String trigger(JobClient job, Path dir) throws Exception {
    return onceAllRun(
        () -> job.triggerSavepoint(dir.toUri().toString(), SavepointFormatType.CANONICAL));
  }

  /** Tasks behind the last that has been heard of may still be starting. */
  private static String onceAllRun(Callable<CompletableFuture<String>> savepoint) throws Exception {
    long deadline = System.nanoTime() + STARTING.toNanos();
    while (true) {
      try {
        return savepoint.call().get(1, TimeUnit.MINUTES);
      } catch (ExecutionException e) {
        boolean starting = String.valueOf(e.getMessage()).contains("not being executed");
        if (!starting || System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  /** Settings of Flink's that start a job from a savepoint. */
  static Configuration from(String savepoint) {
    Configuration flink = new Configuration();
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    return flink;
  }
}
