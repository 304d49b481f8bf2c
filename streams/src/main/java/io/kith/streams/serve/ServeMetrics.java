package io.kith.streams.serve;

import io.kith.streams.Quality;
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
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.KafkaStreams;

/** What Prometheus reads: our figures, those of the JVM, those of Kafka Streams. Any thread. */
final class ServeMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private KafkaStreamsMetrics kafka;

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

  void watch(QualityAnswers quality) {
    quality("mrr", "model", quality, Quality::mrr);
    quality("mrr", "recency", quality, Quality::recencyMrr);
    quality("average.precision", "model", quality, Quality::averagePrecision);
    quality("average.precision", "recency", quality, Quality::recencyAveragePrecision);
  }

  private void quality(
      String name, String scorer, QualityAnswers answers, Function<Quality, Double> figure) {
    Gauge.builder("kith.serve.quality." + name, answers, a -> a.newest(figure))
        .description("Of the newest window on the quality topic.")
        .tag("scorer", scorer)
        .register(registry);
  }

  void watch(KafkaStreams streams) {
    kafka = new KafkaStreamsMetrics(streams);
    kafka.bindTo(registry);
  }

  /** The text format of Prometheus, version 0.0.4. */
  String text() {
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
