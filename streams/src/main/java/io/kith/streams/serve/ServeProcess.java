package io.kith.streams.serve;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The serving application from start to stop, within a JVM of its own. */
final class ServeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServeProcess.class);

  /** Below what supervisors wait before they kill. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(4);

  private static final long CATCH_UP_POLL_MS = 500;

  private final ServeSettings settings;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Restoration restoration = new Restoration();
  private volatile boolean failed;

  ServeProcess(ServeSettings settings) {
    this.settings = settings;
  }

  /** Runs until the JVM is told to stop; false where it ended by a failure. */
  boolean run() {
    try (ServeMetrics metrics = new ServeMetrics();
        HttpServer http = new HttpServer(settings.listen(), metrics);
        SimilarityIndex index = new SimilarityIndex()) {
      HostInfo self =
          settings
              .advertise()
              .orElse(new HostInfo(settings.listen().host(), http.address().getPort()));
      Properties properties = settings.streamsProperties(self);
      Map<String, Object> client = new StreamsConfig(properties).getAdminConfigs("serve");
      try (Admin admin = Admin.create(client)) {
        serve(
            new SourceTopics(admin, settings),
            properties,
            self,
            new Absorbed(index),
            metrics,
            http);
      }
    } catch (KafkaException | UncheckedIOException e) {
      LOG.error("not started, {}", e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !failed;
  }

  private void serve(
      SourceTopics topics,
      Properties properties,
      HostInfo self,
      Absorbed absorbed,
      ServeMetrics metrics,
      HttpServer http)
      throws InterruptedException {
    int partitions = topics.checkedPartitions();
    CatchUp catchUp = new CatchUp(topics.ends(partitions));
    try (KafkaStreams streams =
        new KafkaStreams(ServeApp.topology(settings, absorbed), properties)) {
      streams.setUncaughtExceptionHandler(
          failure -> {
            onFailure(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
          });
      streams.setStateListener((now, before) -> onState(now, self));
      streams.setGlobalStateRestoreListener(restoration);
      metrics.watch(absorbed);
      metrics.watch(absorbed.index);
      metrics.watch(restoration, catchUp);
      metrics.watch(streams);
      http.serve(
          new HttpApi(
              LiveQueries.of(
                  streams, self, partitions, settings, absorbed, restoration, catchUp, metrics),
              new HttpApi.Limits(settings.maxK(), settings.keepPredictions(), settings.maxBody()),
              settings.token()));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(streams), "stop"));
      absorbed.index.start(this::onFailure);
      streams.start();
      Map<String, Object> reader =
          new StreamsConfig(properties).getRestoreConsumerConfigs("serve-tail");
      try (ReadableRecords records = new ReadableRecords(reader)) {
        catchUp(streams, topics, catchUp, records);
      }
      ended.await();
    }
  }

  /** Until what stood on the topics has been read; a broker that is away is asked again. */
  private void catchUp(
      KafkaStreams streams, SourceTopics topics, CatchUp catchUp, ReadableRecords records)
      throws InterruptedException {
    do {
      try {
        catchUp.update(topics.committed());
        if (streams.state() == State.RUNNING) {
          catchUp.pass(records::any);
        }
      } catch (KafkaException e) {
        LOG.warn("how much has been read is not known, {}", e.getMessage());
      }
      if (catchUp.isDone()) {
        LOG.info("what stood on the topics has been read");
        return;
      }
    } while (!ended.await(CATCH_UP_POLL_MS, TimeUnit.MILLISECONDS));
  }

  /**
   * What a retry could mend, Kafka Streams has retried already: the process ends, for its
   * supervisor to see.
   */
  private void onFailure(Throwable failure) {
    failed = true;
    LOG.error("stopping after a failure: application-id={}", settings.applicationId(), failure);
    ended.countDown();
  }

  private void onState(State now, HostInfo self) {
    LOG.info("state={}, address=http://{}:{}", now, self.host(), self.port());
    if (now == State.ERROR || now == State.NOT_RUNNING) {
      ended.countDown();
    }
  }

  private static void stop(KafkaStreams streams) {
    if (streams.close(STOP_WITHIN)) {
      LOG.info("stopped");
    } else {
      LOG.warn(
          "stopped before all was committed, it will be read again: seconds={}",
          STOP_WITHIN.toSeconds());
    }
  }
}
