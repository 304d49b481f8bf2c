package io.kith.streams;

import static io.kith.streams.QualityDriver.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Prediction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityAppTest {
  @TempDir private Path folder;
  private QualityDriver app;

  @Test
  void publishesFiguresByWindowAndInTotal() {
    start("--window-length=1h", "--from=3600000");

    app.send(prediction("a", 1_000, 1));
    app.send(prediction("b", 3_600_000, 2));
    app.send(prediction("c", 7_199_999, 1));

    Map<String, Quality> published = app.publish();
    assertThat(published).containsOnlyKeys("0", "3600000", "total");
    Quality window = published.get("3600000");
    assertThat(window.windowStart()).isEqualTo(3_600_000);
    assertThat(window.windowEnd()).isEqualTo(7_200_000);
    assertThat(window.predictions()).isEqualTo(2);
    assertThat(window.model().mrr()).isEqualTo(0.75);
    Quality total = published.get("total");
    assertThat(total.windowStart()).isEqualTo(3_600_000);
    assertThat(total.windowEnd()).isNull();
    assertThat(total.predictions()).isEqualTo(2);
  }

  @Test
  void publishesWhatHasChangedAndNothingElse() {
    start("--window-length=1s", "--publish-interval=5s");
    app.send(prediction("a", 500, 1));
    app.send(prediction("b", 1_500, 1));
    assertThat(app.published()).isEmpty();

    app.pass(Duration.ofSeconds(4));
    assertThat(app.published()).isEmpty();
    app.pass(Duration.ofSeconds(1));
    assertThat(app.published()).containsOnlyKeys("0", "1000", "total");

    app.send(prediction("c", 1_600, 1));
    app.pass(Duration.ofSeconds(5));
    assertThat(app.published()).containsOnlyKeys("1000", "total");
    app.pass(Duration.ofSeconds(5));
    assertThat(app.published()).isEmpty();
  }

  @Test
  void addsUpThePartitions() {
    start("--window-length=1s");
    app.send(prediction("a", 10, 1));
    app.publish();
    TestInputTopic<String, PartitionSums> otherPartitions =
        app.input(
            "kith-quality-quality-sums-repartition",
            KithSerdes.internal(PartitionSums.class).serializer());
    QualityTally other = new QualityTally();

    other.add(prediction("b", 20, 4), 0);
    otherPartitions.pipeInput("0", new PartitionSums(1, other.sums()));
    other.add(prediction("c", 30, 4), 1);
    otherPartitions.pipeInput("0", new PartitionSums(1, other.sums()));
    otherPartitions.pipeInput("0", new PartitionSums(1, other.sums()));

    Quality window = app.published().get("0");
    assertThat(window.predictions()).isEqualTo(3);
    assertThat(window.model().mrr()).isEqualTo((1 + 0.25 + 0.25) / 3);
  }

  @Test
  void keepsOnlyTheNewestWindows() {
    start("--window-length=1s", "--keep-windows=2", "--alert-windows=0");
    for (int second = 0; second < 5; second++) {
      app.send(prediction("a", 1000L * second, 1));
    }
    Map<String, Quality> published = app.publish();
    assertThat(published).containsKeys("2000", "3000", "4000", "total");

    app.send(prediction("late", 1_500, 1));

    assertThat(app.publish()).containsOnlyKeys("total");
    assertThat(app.metric("late-total")).isEqualTo(1);
    assertThat(app.stored(TallyProcessor.STORE)).containsExactly("3000", "4000", "total");
    assertThat(app.stored(MergeProcessor.STORE)).containsExactly("3000", "4000", "total");
  }

  @Test
  void recordsOnTheQualityTopicBearTheirNewestEventTime() {
    start("--window-length=1s");
    app.send(prediction("b", 700, 1));
    app.send(prediction("a", 300, 1));
    app.pass(Duration.ofSeconds(1));

    assertThat(app.publishedRecords()).allSatisfy(r -> assertThat(r.timestamp()).isEqualTo(700));
  }

  @Test
  void agreesWithAnOfflineComputationOverTheSameStream() {
    long seed = 71;
    long length = 10_000;
    long from = 33_333;
    start("--window-length=10s", "--from=" + from);
    RandomPredictions random = new RandomPredictions(seed, 100_000);
    Map<String, List<Prediction>> byWindow = new TreeMap<>();
    List<Prediction> total = new ArrayList<>();
    Map<String, Quality> published = new TreeMap<>();
    for (int i = 0; i < 3_000; i++) {
      Prediction prediction = random.next();
      long window = prediction.timestamp() / length * length;
      byWindow.computeIfAbsent(Long.toString(window), w -> new ArrayList<>()).add(prediction);
      if (prediction.timestamp() >= from) {
        total.add(prediction);
      }
      app.send(prediction);
      if (i % 500 == 499) {
        published.putAll(app.publish());
      }
    }

    assertThat(published).hasSize(byWindow.size() + 1);
    byWindow.forEach(
        (key, inWindow) -> {
          long start = Long.parseLong(key);
          QualityAssert.assertSame(
              published.get(key),
              OfflineQuality.of(inWindow, start, start + length),
              "seed=" + seed + ", window=" + key);
        });
    QualityAssert.assertSame(
        published.get("total"), OfflineQuality.of(total, from, null), "seed=" + seed);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private void start(String... arguments) {
    app = new QualityDriver(folder, arguments);
  }
}
