package io.kith.streams;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The quality application from start to stop, within a JVM of its own. */
final class QualityProcess {
  private static final Logger LOG = LoggerFactory.getLogger(QualityProcess.class);

  /**
   * Below what supervisors wait before they kill. A stop takes well under a second, if Kafka is
   * there.
   */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(4);

  private final QualitySettings settings;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean failed;

  QualityProcess(QualitySettings settings) {
    this.settings = settings;
  }

  /** Runs until the JVM is told to stop; false where it ended by a failure. */
  boolean run() {
    Properties properties = settings.streamsProperties();
    try {
      requireTopics(properties);
      try (KafkaStreams streams = new KafkaStreams(QualityApp.topology(settings), properties)) {
        streams.setUncaughtExceptionHandler(this::onFailure);
        streams.setStateListener((now, before) -> onState(now));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(streams), "stop"));
        streams.start();
        ended.await();
      }
    } catch (KafkaException e) {
      LOG.error("not started, {}", e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !failed;
  }

  /**
   * Kafka Streams would say itself that a source topic is missing, but only after it has joined its
   * group, and of a missing sink topic only when it first writes.
   */
  private void requireTopics(Properties properties) throws InterruptedException {
    Map<String, Object> client = new StreamsConfig(properties).getAdminConfigs("quality-start");
    List<String> needed =
        List.of(settings.predictionsTopic(), settings.qualityTopic(), settings.alertsTopic());
    try (Admin admin = Admin.create(client)) {
      Map<String, KafkaFuture<TopicDescription>> found =
          admin.describeTopics(needed).topicNameValues();
      for (var topic : new TreeMap<>(found).entrySet()) {
        try {
          topic.getValue().get();
        } catch (ExecutionException e) {
          throw new StreamsException(explain(topic.getKey(), e.getCause()), e.getCause());
        }
      }
    }
  }

  private String explain(String topic, Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return "topic missing, create it or set --prefix: topic=" + topic;
    }
    return "Kafka does not answer, see --bootstrap-servers and --kafka.* ("
        + cause.getMessage()
        + "): bootstrap-servers="
        + settings.bootstrapServers();
  }

  /**
   * What a retry could mend, Kafka Streams has retried already. A thread in the failed one's place
   * would read the same record and fail again, so the process ends, for its supervisor to see.
   */
  private StreamThreadExceptionResponse onFailure(Throwable failure) {
    failed = true;
    LOG.error("stopping after a failure: application-id={}", settings.applicationId(), failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void onState(State now) {
    if (now == State.RUNNING) {
      LOG.info(
          "running: application-id={}, from={}, to={}",
          settings.applicationId(),
          settings.predictionsTopic(),
          settings.qualityTopic());
    }
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
