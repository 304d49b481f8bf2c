package io.kith.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Prediction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityAppTest {
  @TempDir private Path folder;
  private TopologyTestDriver driver;
  private TestInputTopic<String, Prediction> predictions;
  private TestOutputTopic<String, Quality> quality;

  @Test
  void publishesFiguresByWindowAndInTotal() {
    start("--window-length=1h", "--from=3600000");

    send(prediction("a", 1_000, 1));
    send(prediction("b", 3_600_000, 2));
    send(prediction("c", 7_199_999, 1));

    Map<String, Quality> published = publish();
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
    send(prediction("a", 500, 1));
    send(prediction("b", 1_500, 1));
    assertThat(quality.isEmpty()).isTrue();

    driver.advanceWallClockTime(Duration.ofSeconds(4));
    assertThat(quality.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    assertThat(quality.readKeyValuesToMap()).containsOnlyKeys("0", "1000", "total");

    send(prediction("c", 1_600, 1));
    driver.advanceWallClockTime(Duration.ofSeconds(5));
    assertThat(quality.readKeyValuesToMap()).containsOnlyKeys("1000", "total");
    driver.advanceWallClockTime(Duration.ofSeconds(5));
    assertThat(quality.isEmpty()).isTrue();
  }

  @Test
  void countsALatePredictionInItsOwnWindow() {
    start("--window-length=1s");
    send(prediction("a", 500, 1));
    send(prediction("b", 100_500, 1));
    publish();

    send(prediction("late", 501, 2));

    Map<String, Quality> published = publish();
    assertThat(published).containsOnlyKeys("0", "total");
    assertThat(published.get("0").predictions()).isEqualTo(2);
    assertThat(published.get("0").lastTimestamp()).isEqualTo(501);
  }

  @Test
  void countsPredictionsWithoutNegativesButDoesNotRankThem() {
    start("--window-length=1s");
    send(
        new Prediction(
            "a", "b", 10, 0.5f, 0, "v1", 0, 0, 1, 1, 1, 0, false, null, null, null, null, null));

    Quality window = publish().get("0");

    assertThat(window.predictions()).isEqualTo(1);
    assertThat(window.ranked()).isZero();
    assertThat(window.model()).isNull();
  }

  @Test
  void skipsAndCountsWhatItCannotRead() {
    start("--window-length=1s");
    TestInputTopic<String, byte[]> raw =
        driver.createInputTopic(
            "kith.predictions", new StringSerializer(), new ByteArraySerializer());

    raw.pipeInput("a", "no json".getBytes(UTF_8));
    raw.pipeInput("a", "{\"source\":\"a\"}".getBytes(UTF_8));
    raw.pipeInput("a", new byte[] {(byte) 0xff, 0, 1});
    raw.pipeInput("a", (byte[]) null);
    raw.pipeInput(null, new byte[0]);
    send(prediction("a", 10, 1));

    assertThat(publish().get("total").predictions()).isEqualTo(1);
    assertThat(metric("dropped-records-total")).isEqualTo(4);
  }

  @Test
  void countsARepeatedPredictionOnce() {
    start("--window-length=1s");
    List<Prediction> written = List.of(prediction("a", 10, 1), prediction("b", 20, 2));

    written.forEach(this::send);
    written.forEach(this::send);

    Map<String, Quality> published = publish();
    assertThat(published.get("0").predictions()).isEqualTo(2);
    assertThat(published.get("0").repeats()).isEqualTo(2);
    assertThat(published.get("total").model().mrr()).isEqualTo(0.75);
    assertThat(published.get("total").repeats()).isEqualTo(2);
  }

  @Test
  void countsARecordOnceThoughItIsReadAgainAfterACrash() {
    start("--window-length=1s");
    // As after a crash: the stored account of the window is ahead of the committed offset.
    QualityTally ahead = new QualityTally();
    ahead.add(prediction("a", 10, 1), 0);
    ahead.add(prediction("b", 20, 1), 1);
    KeyValueStore<String, QualityTally> tallies = driver.getKeyValueStore(TallyProcessor.STORE);
    tallies.put("0", ahead);

    send(prediction("a", 10, 1));
    send(prediction("b", 20, 1));
    send(prediction("c", 30, 1));

    Map<String, Quality> published = publish();
    assertThat(published.get("0").predictions()).isEqualTo(3);
    assertThat(published.get("total").predictions()).isEqualTo(3);
  }

  @Test
  void addsUpThePartitions() {
    start("--window-length=1s");
    send(prediction("a", 10, 1));
    publish();
    TestInputTopic<String, PartitionSums> otherPartitions =
        driver.createInputTopic(
            "kith-quality-quality-sums-repartition",
            new StringSerializer(),
            KithSerdes.internal(PartitionSums.class).serializer());
    QualityTally other = new QualityTally();

    other.add(prediction("b", 20, 4), 0);
    otherPartitions.pipeInput("0", new PartitionSums(1, other.sums()));
    other.add(prediction("c", 30, 4), 1);
    otherPartitions.pipeInput("0", new PartitionSums(1, other.sums()));
    otherPartitions.pipeInput("0", new PartitionSums(1, other.sums()));

    Quality window = quality.readKeyValuesToMap().get("0");
    assertThat(window.predictions()).isEqualTo(3);
    assertThat(window.model().mrr()).isEqualTo((1 + 0.25 + 0.25) / 3);
  }

  @Test
  void keepsOnlyTheNewestWindows() {
    start("--window-length=1s", "--keep-windows=2", "--alert-windows=0");
    for (int second = 0; second < 5; second++) {
      send(prediction("a", 1000L * second, 1));
    }
    Map<String, Quality> published = publish();
    assertThat(published).containsKeys("2000", "3000", "4000", "total");

    send(prediction("late", 1_500, 1));

    assertThat(publish()).containsOnlyKeys("total");
    assertThat(metric("late-total")).isEqualTo(1);
    assertThat(stored(TallyProcessor.STORE)).containsExactly("3000", "4000", "total");
    assertThat(stored(MergeProcessor.STORE)).containsExactly("3000", "4000", "total");
  }

  @Test
  void takesEventTimesBefore1970() {
    start("--window-length=1s");
    send(prediction("a", -1_500, 1));

    assertThat(publish()).containsOnlyKeys("-2000", "total");
  }

  @Test
  void recordsOnTheQualityTopicBearTheirNewestEventTime() {
    start("--window-length=1s");
    send(prediction("b", 700, 1));
    send(prediction("a", 300, 1));
    driver.advanceWallClockTime(Duration.ofSeconds(1));

    assertThat(quality.readRecordsToList())
        .allSatisfy(r -> assertThat(r.timestamp()).isEqualTo(700));
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
      send(prediction);
      if (i % 500 == 499) {
        published.putAll(publish());
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
    driver.close();
  }

  private void start(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--bootstrap-servers=unused:1");
    all.add("--state-dir=" + folder);
    QualitySettings settings = QualitySettings.parse(all.toArray(String[]::new));
    driver = new TopologyTestDriver(QualityApp.topology(settings), settings.streamsProperties());
    predictions =
        driver.createInputTopic(
            "kith.predictions", new StringSerializer(), KithSerdes.prediction().serializer());
    quality =
        driver.createOutputTopic(
            "kith.quality", new StringDeserializer(), KithSerdes.quality().deserializer());
  }

  private void send(Prediction prediction) {
    predictions.pipeInput(prediction.source(), prediction);
  }

  /** Lets the publish interval pass and returns the newest figures of each key. */
  private Map<String, Quality> publish() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
    return quality.readKeyValuesToMap();
  }

  private double metric(String name) {
    return driver.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(name))
        .mapToDouble(metric -> (double) metric.metricValue())
        .sum();
  }

  private List<String> stored(String store) {
    List<String> keys = new ArrayList<>();
    try (var all = driver.<String, Object>getKeyValueStore(store).all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  private static Prediction prediction(String source, long timestamp, double rank) {
    return prediction(source, timestamp, rank, 1);
  }

  static Prediction prediction(String source, long timestamp, double rank, double recencyRank) {
    return new Prediction(
        source,
        "t",
        timestamp,
        0.75f,
        timestamp,
        "v1",
        0,
        20,
        rank,
        recencyRank,
        1,
        2,
        true,
        0.25f,
        1.0,
        false,
        null,
        null);
  }
}
