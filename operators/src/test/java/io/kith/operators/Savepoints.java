package io.kith.operators;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** Stopping a job and going on from there. */
final class Savepoints {
  private Savepoints() {}

  /** Stops a job, without closing windows; where its savepoint is. */
  static String stop(JobClient job, Path dir) throws Exception {
    return job.stopWithSavepoint(false, dir.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(1, TimeUnit.MINUTES);
  }

  /** Settings of Flink's that start a job from a savepoint. */
  static Configuration from(String savepoint) {
    Configuration flink = new Configuration();
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    return flink;
  }
}
