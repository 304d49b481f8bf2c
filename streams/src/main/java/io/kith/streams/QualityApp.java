package io.kith.streams;

import io.kith.model.Prediction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Prediction quality over time: from {@code <prefix>.predictions} to {@code <prefix>.quality}, and
 * to {@code <prefix>.alerts} when the model falls behind the recency rule.
 *
 * <pre>
 *   predictions --> tally (one a partition) --> sums by window --> merge --> quality
 *                   store quality-tallies       repartition        store quality-merged
 *                                                                       |
 *                                                                     judge --> alerts
 *                                                                       store quality-alerts
 * </pre>
 *
 * <p>Each partition is tallied where it is read, by tumbling windows of event time and in total;
 * only its sums, once a publish interval for what has changed, go through a repartition topic to
 * the one task that adds up the partitions. To send every prediction there by its window instead
 * would move the whole topic once more, to one task, for all predictions of a time fall into one
 * window. The sums are those since the beginning and not differences, so a lost or repeated one
 * does no harm.
 *
 * <p>Nothing waits: each window's figures are published anew as predictions of it arrive, however
 * late, as long as the window is kept. The quality topic should be compacted.
 */
public final class QualityApp {
  private QualityApp() {}

  /** The topology of the application. */
  public static Topology topology(QualitySettings settings) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(store(TallyProcessor.STORE, TallySerde.create()));
    builder.addStateStore(store(MergeProcessor.STORE, KithSerdes.internal(MergedSums.class)));
    builder.addStateStore(store(AlertProcessor.STORE, KithSerdes.internal(AlertState.class)));
    KStream<String, Quality> qualities =
        builder.stream(
                settings.predictionsTopic(),
                Consumed.with(Serdes.String(), KithSerdes.prediction())
                    .withTimestampExtractor(QualityApp::eventTime)
                    .withName("predictions"))
            .filter((source, prediction) -> prediction != null, Named.as("present"))
            .process(() -> new TallyProcessor(settings), Named.as("tally"), TallyProcessor.STORE)
            .repartition(
                Repartitioned.<String, PartitionSums>as("quality-sums")
                    .withKeySerde(Serdes.String())
                    .withValueSerde(KithSerdes.internal(PartitionSums.class))
                    .withNumberOfPartitions(1))
            .process(() -> new MergeProcessor(settings), Named.as("merge"), MergeProcessor.STORE);
    qualities.to(
        settings.qualityTopic(),
        Produced.with(Serdes.String(), KithSerdes.quality()).withName("quality"));
    qualities
        .process(
            () -> new AlertProcessor(settings),
            Named.as("judge"),
            AlertProcessor.STORE,
            MergeProcessor.STORE)
        .to(
            settings.alertsTopic(),
            Produced.with(Serdes.String(), KithSerdes.alert()).withName("alerts"));
    return builder.build();
  }

  /**
   * In memory, for it is a few MB; Kafka keeps it in a changelog topic, to which the cache lets
   * only the last value of a key through at each commit.
   */
  private static <T> StoreBuilder<KeyValueStore<String, T>> store(String name, Serde<T> values) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
        .withCachingEnabled();
  }

  private static long eventTime(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.value() instanceof Prediction prediction
        ? time(prediction.timestamp())
        : record.timestamp();
  }

  /** An event time as the timestamp of a Kafka record, which may not be negative. */
  static long time(long timestamp) {
    return Math.max(0, timestamp);
  }
}
