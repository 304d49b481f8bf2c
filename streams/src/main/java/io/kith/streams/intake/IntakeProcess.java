package io.kith.streams.intake;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The intake from start to stop, within a JVM of its own. */
final class IntakeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(IntakeProcess.class);

  /** Below what supervisors wait before they kill. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(4);

  private static final long REPORT_SECONDS = 30;

  private final IntakeSettings settings;
  private final OutcomeCounts counts = new OutcomeCounts();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean failed;

  IntakeProcess(IntakeSettings settings) {
    this.settings = settings;
  }

  /** Runs until the JVM is told to stop; false where it ended by a failure. */
  boolean run() {
    try {
      Properties properties = settings.streamsProperties();
      int mostBytes = mostLetterBytes(new StreamsConfig(properties));
      try (KafkaStreams streams =
          new KafkaStreams(IntakeApp.topology(settings, mostBytes, counts), properties)) {
        streams.setUncaughtExceptionHandler(this::onFailure);
        streams.setStateListener((now, before) -> onState(now));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(streams), "stop"));
        streams.start();
        report();
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

  /** A user may have set a lower bound for the producer than ours. */
  private int mostLetterBytes(StreamsConfig config) throws InterruptedException {
    Object producer =
        config.getProducerConfigs("intake").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    try (Admin admin = Admin.create(config.getAdminConfigs("intake"))) {
      IntakeTopics topics = new IntakeTopics(admin, settings);
      topics.requireAll();
      return Math.min(Integer.parseInt(producer.toString()), topics.mostLetterBytes());
    }
  }

  /** Until the end: what became of the events, where any have come. */
  private void report() throws InterruptedException {
    long last = 0;
    while (!ended.await(REPORT_SECONDS, TimeUnit.SECONDS)) {
      if (counts.all() != last) {
        last = counts.all();
        LOG.info("{}", counts);
      }
    }
  }

  /**
   * What a retry could mend, Kafka Streams has retried already: the process ends, for its
   * supervisor to see.
   */
  private StreamThreadExceptionResponse onFailure(Throwable failure) {
    failed = true;
    LOG.error("stopping after a failure: application-id={}", settings.applicationId(), failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void onState(State now) {
    LOG.info("state={}, topics={}", now, settings.topics());
    if (now == State.ERROR || now == State.NOT_RUNNING) {
      ended.countDown();
    }
  }

  private void stop(KafkaStreams streams) {
    boolean inOrder = streams.close(STOP_WITHIN);
    LOG.info("{}, {}", inOrder ? "stopped" : "stopped before all was committed", counts);
  }
}
