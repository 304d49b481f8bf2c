package io.kith.streams.serve;

import io.kith.streams.ListFigures;
import io.kith.streams.Quality;
import io.kith.streams.QualityAlert;
import io.kith.streams.RankFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The newest figures of the quality topic for Prometheus; NaN where there are none. {@link
 * #refresh} before they are read. Any thread.
 */
final class QualityGauges {
  private final QualityAnswers answers;
  private volatile Quality window;
  private volatile Quality total;
  private volatile double behind;

  QualityGauges(QualityAnswers answers, MeterRegistry registry) {
    this.answers = answers;
    for (String scope : new String[] {"window", "total"}) {
      Function<QualityGauges, Quality> from =
          gauges -> scope.equals("total") ? gauges.total : gauges.window;
      rule(registry, scope, "model", gauges -> figures(from.apply(gauges), Quality::model));
      rule(registry, scope, "recency", gauges -> figures(from.apply(gauges), Quality::recency));
      rule(registry, scope, "edgebank", gauges -> figures(from.apply(gauges), Quality::edgeBank));
      recall(registry, scope, 1, from, ListFigures::recallAt1);
      recall(registry, scope, 5, from, ListFigures::recallAt5);
      recall(registry, scope, 10, from, ListFigures::recallAt10);
      recall(registry, scope, 20, from, ListFigures::recallAt20);
    }
    Gauge.builder("kith.quality.behind", this, gauges -> gauges.behind)
        .description("1 while the model is behind the recency rule, else 0.")
        .register(registry);
  }

  private static RankFigures figures(Quality quality, Function<Quality, RankFigures> rule) {
    return quality == null ? null : rule.apply(quality);
  }

  private void rule(
      MeterRegistry registry,
      String scope,
      String rule,
      Function<QualityGauges, RankFigures> figures) {
    gauge(registry, "mrr", scope, rule, figures, RankFigures::mrr);
    gauge(registry, "hits.at.1", scope, rule, figures, RankFigures::hitsAt1);
    gauge(registry, "hits.at.10", scope, rule, figures, RankFigures::hitsAt10);
    gauge(registry, "average.precision", scope, rule, figures, RankFigures::averagePrecision);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String scope,
      String rule,
      Function<QualityGauges, RankFigures> figures,
      ToDoubleFunction<RankFigures> figure) {
    Gauge.builder(
            "kith.quality." + name,
            this,
            gauges -> {
              RankFigures found = figures.apply(gauges);
              return found == null ? Double.NaN : figure.applyAsDouble(found);
            })
        .description("Of the newest window of the quality topic, or in total.")
        .tag("scope", scope)
        .tag("rule", rule)
        .register(registry);
  }

  /** Of the lists of next partners, among the first {@code k} of which the target is looked for. */
  private void recall(
      MeterRegistry registry,
      String scope,
      int k,
      Function<QualityGauges, Quality> from,
      Function<ListFigures, Double> recall) {
    Gauge.builder(
            "kith.quality.recall",
            this,
            gauges -> {
              Quality found = from.apply(gauges);
              Double value =
                  found == null || found.whoNext() == null ? null : recall.apply(found.whoNext());
              return value == null ? Double.NaN : value;
            })
        .description("Share of interactions whose target was listed as next partner.")
        .tag("scope", scope)
        .tag("k", String.valueOf(k))
        .register(registry);
  }

  /** Looks at the copy of the topics once. */
  void refresh() {
    total = answers.total();
    window = answers.newestWindow();
    QualityAlert alert = answers.newestAlert();
    behind = alert != null && alert.status() == QualityAlert.Status.BEHIND ? 1 : 0;
  }
}
