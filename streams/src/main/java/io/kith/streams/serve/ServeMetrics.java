package io.kith.streams.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Prometheus reads: our figures, those of the JVM, those of Kafka Streams. Any thread. */
final class ServeMetrics implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServeMetrics.class);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private KafkaStreamsMetrics kafka;
  private QualityGauges quality;

  ServeMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    garbage.bindTo(registry);
  }

  /** A request has been answered. */
  void answered(String route, int status, Duration took) {
    registry
        .timer("kith.serve.requests", "route", route, "status", String.valueOf(status))
        .record(took);
  }

  void watch(Absorbed absorbed) {
    counter("embeddings", "Embeddings read from the topic.", absorbed.embeddings);
    counter("tombstones", "Nodes forgotten.", absorbed.tombstones);
    counter("predictions", "Predictions read from the topic.", absorbed.predictions);
    counter(
        "recommendations", "Lists of next partners read from the topic.", absorbed.recommendations);
    counter("misplaced", "Records skipped for a key that is not their node.", absorbed.misplaced);
  }

  void watch(SimilarityIndex index) {
    gauge("index.nodes", "Nodes that can be found as similar.", index, SimilarityIndex::size);
    gauge("index.waiting", "Of these, nodes not in a graph yet.", index, SimilarityIndex::waiting);
  }

  void watch(Restoration restoration, CatchUp catchUp) {
    gauge(
        "restore.remaining",
        "Records of stores that are yet to be restored.",
        restoration,
        r -> r.all().total() - r.all().restored());
    gauge(
        "catchup.remaining",
        "Offsets of the topics at the start that are yet to be read.",
        catchUp,
        c -> c.all().total() - c.all().restored());
  }

  /** The figures of the quality topic; looked at whenever these are read. */
  void watch(QualityAnswers answers) {
    quality = new QualityGauges(answers, registry);
  }

  void watch(KafkaStreams streams) {
    kafka = new KafkaStreamsMetrics(streams);
    kafka.bindTo(registry);
  }

  /** The text format of Prometheus, version 0.0.4. */
  String text() {
    if (quality != null) {
      try {
        quality.refresh();
      } catch (ProblemException e) {
        LOG.debug("the figures of the quality topic are not there yet, {}", e.getMessage());
      }
    }
    return registry.scrape();
  }

  private void counter(String name, String help, LongAdder value) {
    FunctionCounter.builder("kith.serve." + name, value, LongAdder::sum)
        .description(help)
        .register(registry);
  }

  private <T> void gauge(String name, String help, T of, ToDoubleFunction<T> value) {
    Gauge.builder("kith.serve." + name, of, value).description(help).register(registry);
  }

  @Override
  public void close() {
    if (kafka != null) {
      kafka.close();
    }
    garbage.close();
    registry.close();
  }
}
