package io.kith.streams;

import io.kith.model.Prediction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The quality application on one partition, without a broker. One thread. */
final class QualityDriver implements AutoCloseable {
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, Prediction> predictions;
  private final TestOutputTopic<String, Quality> quality;
  private final TestOutputTopic<String, QualityAlert> alerts;

  QualityDriver(Path folder, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--bootstrap-servers=unused:1");
    all.add("--state-dir=" + folder);
    QualitySettings settings = QualitySettings.parse(all.toArray(String[]::new));
    driver = new TopologyTestDriver(QualityApp.topology(settings), settings.streamsProperties());
    predictions = input("kith.predictions", KithSerdes.prediction().serializer());
    quality =
        driver.createOutputTopic(
            "kith.quality", new StringDeserializer(), KithSerdes.quality().deserializer());
    alerts =
        driver.createOutputTopic(
            "kith.alerts", new StringDeserializer(), KithSerdes.alert().deserializer());
  }

  /** A prediction with rank 1 by EdgeBank, among 20 others. */
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

  static Prediction prediction(String source, long timestamp, double rank) {
    return prediction(source, timestamp, rank, 1);
  }

  void send(Prediction prediction) {
    predictions.pipeInput(prediction.source(), prediction);
  }

  /** Whatever may stand on the topic. */
  void sendRaw(String key, byte[] value) {
    input("kith.predictions", new ByteArraySerializer()).pipeInput(key, value);
  }

  /** A topic of the application, its internal ones included. */
  <T> TestInputTopic<String, T> input(String topic, Serializer<T> serializer) {
    return driver.createInputTopic(topic, new StringSerializer(), serializer);
  }

  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /** Lets the publish interval of a second pass and returns the newest figures of each key. */
  Map<String, Quality> publish() {
    pass(Duration.ofSeconds(1));
    return published();
  }

  /** The newest figures of each key since the last call. */
  Map<String, Quality> published() {
    return quality.readKeyValuesToMap();
  }

  List<TestRecord<String, Quality>> publishedRecords() {
    return quality.readRecordsToList();
  }

  /** Those since the last call. */
  List<KeyValue<String, QualityAlert>> alerts() {
    return alerts.readKeyValuesToList();
  }

  <T> KeyValueStore<String, T> store(String name) {
    return driver.getKeyValueStore(name);
  }

  List<String> stored(String store) {
    List<String> keys = new ArrayList<>();
    try (var all = this.<Object>store(store).all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  double metric(String name) {
    return driver.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(name))
        .mapToDouble(metric -> (double) metric.metricValue())
        .sum();
  }

  @Override
  public void close() {
    driver.close();
  }
}
