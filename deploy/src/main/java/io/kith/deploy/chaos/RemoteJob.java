package io.kith.deploy.chaos;

import io.kith.deploy.CommandException;
import io.kith.deploy.RootCause;
import io.kith.deploy.local.CheckpointFolder;
import io.kith.deploy.local.LocalJob;
import io.kith.deploy.settings.Settings;
import io.kith.operators.KithOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.util.SerializedThrowable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job on a cluster of processes, by REST. One thread. */
final class RemoteJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteJob.class);
  private static final long ANSWER_SECONDS = 20;
  private static final long LONG_SECONDS = 60;
  private static final Duration RESTART_DELAY = Duration.ofMillis(200);

  private final Settings settings;
  private final CheckpointFolder checkpoints;
  private final RestClusterClient<StandaloneClusterId> client;
  private JobGraph graph;

  /**
   * Submits nothing yet.
   *
   * @param client how to find the job manager
   */
  RemoteJob(Settings settings, Configuration client) throws Exception {
    this.settings = settings;
    this.checkpoints = CheckpointFolder.of(settings.get(KithOptions.CHECKPOINT_DIR));
    this.client = new RestClusterClient<>(client, StandaloneClusterId.getInstance());
  }

  /** Makes the job afresh; it runs once it is {@link #taken}. */
  void begin() throws IOException {
    make(settings.get(KithOptions.PARALLELISM), Optional.empty());
  }

  /** Makes it anew from its newest checkpoint; the job manager that had it is gone. */
  void beginAgain(int parallelism) throws IOException {
    make(parallelism, checkpoints.newest());
  }

  /** Stops it with a savepoint and makes it anew from that. */
  void rescale(int parallelism) throws Exception {
    String savepoint =
        client
            .stopWithSavepoint(job(), false, checkpoints.uri(), SavepointFormatType.CANONICAL)
            .get(LONG_SECONDS, TimeUnit.SECONDS);
    make(parallelism, Optional.of(new CheckpointFolder(savepoint)));
  }

  private void make(int parallelism, Optional<CheckpointFolder> from) throws IOException {
    Configuration flink = new Configuration(settings.flink());
    flink.set(KithOptions.PARALLELISM, parallelism);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RESTART_DELAY);
    graph = LocalJob.graph(settings, flink, from).getJobGraph();
    LOG.info("Made: job={}, parallelism={}, from={}", job(), parallelism, from);
  }

  private JobID job() {
    return graph.getJobID();
  }

  /** Whether the job manager has the job; it is offered where not. */
  boolean taken() throws InterruptedException {
    return status().isPresent() || ask(client.submitJob(graph)).isPresent();
  }

  /** Empty where nobody answers who knows the job. */
  private Optional<JobStatus> status() throws InterruptedException {
    return ask(client.getJobStatus(job()));
  }

  /** What became of its checkpoints; empty where nobody answers. */
  Optional<CheckpointingStatistics> checkpoints() throws InterruptedException {
    JobMessageParameters parameters = new JobMessageParameters();
    parameters.jobPathParameter.resolve(job());
    return ask(
        client.sendRequest(
            CheckpointingStatisticsHeaders.getInstance(),
            parameters,
            EmptyRequestBody.getInstance()));
  }

  /** Fails where the job has ended; it never should. */
  void failOnEnd() throws InterruptedException, CommandException {
    if (status().filter(JobStatus::isGloballyTerminalState).isEmpty()) {
      return;
    }
    Optional<SerializedThrowable> cause =
        ask(client.requestJobResult(job())).flatMap(JobResult::getSerializedThrowable);
    throw new CommandException(
        "the job has ended: job=%s, cause=%s"
            .formatted(job(), cause.map(RootCause::of).orElse("none")),
        cause.orElse(null));
  }

  private static <T> Optional<T> ask(CompletableFuture<T> question) throws InterruptedException {
    try {
      return Optional.of(question.get(ANSWER_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("No answer: cause={}", e.toString());
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
