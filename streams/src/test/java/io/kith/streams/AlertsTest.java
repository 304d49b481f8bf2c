package io.kith.streams;

import static io.kith.streams.QualityDriver.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Prediction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the quality application says that the model is behind. */
class AlertsTest {
  @TempDir private Path folder;
  private QualityDriver app;

  @Test
  void saysWhenTheModelFallsBehindRecencyAndWhenItHasCaughtUp() {
    start("--window-length=1s", "--alert-windows=2", "--alert-ranked=2");
    app.send(prediction("a", 500, 1, 4));
    app.send(prediction("a", 1_500, 4, 1));
    app.publish();
    assertThat(app.alerts()).as("one prediction alone is not judged").isEmpty();

    app.send(prediction("a", 2_500, 4, 1));
    app.publish();
    assertThat(app.alerts()).as("one better, one worse; the window of 2500 is open").isEmpty();

    app.send(prediction("a", 3_500, 1, 4));
    app.publish();
    assertThat(app.alerts())
        .containsExactly(
            KeyValue.pair(
                "3000",
                new QualityAlert(QualityAlert.Status.BEHIND, 1_000, 3_000, 2, 0.25, 1, "v1")));

    app.send(prediction("late", 2_501, 1, 20));
    app.send(prediction("late", 2_502, 1, 20));
    app.send(prediction("a", 4_500, 1, 4));
    app.send(prediction("a", 5_500, 4, 1));
    app.publish();
    assertThat(app.alerts())
        .extracting(alert -> alert.key + " " + alert.value.status())
        .containsExactly("4000 CAUGHT_UP");
  }

  @Test
  void doesNotJudgeASpanOfTooFewRankedPredictions() {
    start("--window-length=1s", "--alert-windows=1", "--alert-ranked=3");
    app.send(prediction("a", 500, 4, 1));
    app.send(prediction("a", 501, 4, 1));
    app.send(prediction("a", 1_500, 4, 1));
    app.publish();
    assertThat(app.alerts()).as("two, though both worse").isEmpty();

    app.send(prediction("a", 1_501, 4, 1));
    app.send(prediction("a", 1_502, 4, 1));
    app.send(prediction("a", 2_500, 4, 1));
    app.publish();
    assertThat(app.alerts()).extracting(alert -> alert.key).containsExactly("2000");
  }

  @Test
  void judgesAWindowWhenEveryPartitionIsBeyondIt() {
    start("--window-length=1s", "--alert-windows=3", "--alert-ranked=1");
    TestInputTopic<String, PartitionSums> other =
        app.input(
            "kith-quality-quality-sums-repartition",
            KithSerdes.internal(PartitionSums.class).serializer());
    QualityTally good = new QualityTally();
    good.add(prediction("b", 500, 1, 20), 0);
    other.pipeInput("0", new PartitionSums(1, good.sums()));

    app.send(prediction("a", 501, 4, 1));
    app.send(prediction("a", 502, 4, 1));
    app.send(prediction("a", 1_501, 4, 1));
    app.publish();
    assertThat(app.alerts()).as("the other partition is in the first window").isEmpty();

    other.pipeInput("1000", new PartitionSums(1, good.sums()));
    assertThat(app.alerts()).extracting(alert -> alert.key).containsExactly("1000");

    app.send(prediction("a", 9_500, 4, 1));
    app.publish();
    app.send(prediction("a", 10_500, 1, 4));
    app.publish();
    app.send(prediction("a", 11_500, 1, 4));
    app.publish();
    assertThat(app.alerts())
        .extracting(alert -> alert.key)
        .as("one that is silent for longer than the span is not waited for")
        .containsExactly("11000");
  }

  @Test
  void alertsAgreeWithAnOfflineComputationOverTheSameStream() {
    long seed = 72;
    int windows = 5;
    start("--window-length=1s", "--alert-windows=" + windows, "--alert-ranked=3");
    RandomPredictions random = new RandomPredictions(seed, 60_000);
    List<Prediction> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      all.add(random.next());
    }
    all.sort(Comparator.comparing(Prediction::timestamp));
    List<String> expected = new ArrayList<>();
    boolean behind = false;
    long last = all.get(all.size() - 1).timestamp() / 1_000 * 1_000;
    for (long to = 1_000; to <= last; to += 1_000) {
      long end = to;
      List<Prediction> span =
          all.stream()
              .filter(p -> p.timestamp() < end && p.timestamp() >= end - 1_000L * windows)
              .toList();
      boolean any = span.stream().anyMatch(p -> p.timestamp() >= end - 1_000);
      if (any && span.stream().filter(p -> p.negatives() > 0).count() >= 3) {
        Quality figures = OfflineQuality.of(span, 0L, 1L);
        boolean now = figures.model().mrr() < figures.recency().mrr();
        if (now != behind) {
          expected.add(end + (now ? " BEHIND" : " CAUGHT_UP"));
        }
        behind = now;
      }
    }

    all.forEach(
        p -> {
          app.send(p);
          app.pass(Duration.ofSeconds(1));
        });

    assertThat(expected).as("seed=" + seed).hasSizeGreaterThan(5);
    assertThat(app.alerts())
        .extracting(alert -> alert.key + " " + alert.value.status())
        .as("seed=" + seed)
        .isEqualTo(expected);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private void start(String... arguments) {
    app = new QualityDriver(folder, arguments);
  }
}
