package io.kith.deploy.local;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster in this process with one job. The job is restarted after a failure, but not for
 * ever: three within a minute end it with their cause.
 */
public final class EmbeddedFlink implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final MiniCluster cluster;
  private final JobID job;
  private final CompletableFuture<JobResult> result;

  private EmbeddedFlink(MiniCluster cluster, JobID job) {
    this.cluster = cluster;
    this.job = job;
    this.result = cluster.requestJobResult(job);
  }

  /** What an embedded cluster adds to the settings: free ports, and an end to restart loops. */
  public static Configuration withDefaults(Configuration settings) {
    Configuration all = new Configuration(settings);
    all.set(RestartStrategyOptions.RESTART_STRATEGY, "failure-rate");
    all.set(RestartStrategyOptions.RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL, 3);
    return all;
  }

  /**
   * Starts a cluster with as many slots as asked for, and the job on it.
   *
   * @throws ExecutionException where the job was not taken
   */
  public static EmbeddedFlink start(StreamGraph graph, Configuration settings, int slots)
      throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
    try {
      cluster.start();
      JobID job = cluster.submitJob(graph.getJobGraph()).get().getJobID();
      return new EmbeddedFlink(cluster, job);
    } catch (Exception e) {
      CompletableFuture<Void> unused = cluster.closeAsync();
      throw e;
    }
  }

  /** True where the job has ended, by itself or by failures. */
  public boolean ended() {
    return result.isDone();
  }

  /** Waits for the end of the job; empty where it has not come by then. */
  public Optional<JobResult> await(long millis) throws InterruptedException, ExecutionException {
    try {
      return Optional.of(result.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }

  /** Why the job has ended, where it failed. */
  public Optional<Throwable> failure() {
    if (!result.isDone() || result.isCompletedExceptionally()) {
      return Optional.empty();
    }
    return result
        .join()
        .getSerializedThrowable()
        .map(thrown -> thrown.deserializeError(EmbeddedFlink.class.getClassLoader()));
  }

  /**
   * Cancels the job where it still runs, and stops the cluster.
   *
   * @throws IllegalStateException where that takes too long
   */
  @Override
  public void close() {
    // A pending interrupt would cut the orderly end short.
    boolean interrupted = Thread.interrupted();
    try {
      if (!result.isDone()) {
        cluster.cancelJob(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      cluster.closeAsync().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      CompletableFuture<Void> unused = cluster.closeAsync();
      throw new IllegalStateException("Flink did not stop in order: job=" + job, e);
    } catch (InterruptedException e) {
      CompletableFuture<Void> unused = cluster.closeAsync();
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
