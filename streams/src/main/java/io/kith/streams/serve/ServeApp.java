package io.kith.streams.serve;

import io.kith.streams.KithSerdes;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What is served, kept in state stores.
 *
 * <pre>
 *   embeddings  --> absorb-embeddings  --> store embeddings, similarity index
 *                          \-- tombstone --> (both stores below)
 *   predictions --> absorb-predictions --> store predictions
 *   recommendations --> absorb-recommendations --> store recommendations
 *   quality     --> (every instance, whole) store quality
 *   alerts      --> (every instance, whole) store alerts
 * </pre>
 *
 * <p>What there is of a node lies in the same partition of the three topics, so one task has it
 * all: whoever answers for a node answers for all of it. The topics must have the same number of
 * partitions.
 *
 * <p>The stores are in RocksDB, with a changelog in Kafka of their own. The embeddings topic could
 * be its own changelog, but its JSON is three times as large, and an unreadable record in it would
 * come back into the store with every restore. Lists of next partners are few beside embeddings,
 * and stay JSON.
 */
final class ServeApp {
  static final String EMBEDDINGS = "embeddings";
  static final String PREDICTIONS = "predictions";
  static final String RECOMMENDATIONS = "recommendations";
  static final String QUALITY = "quality";
  static final String ALERTS = "alerts";

  private ServeApp() {}

  static Topology topology(ServeSettings settings, Absorbed absorbed) {
    Topology topology = new Topology();
    topology.addSource(
        "embeddings-in",
        new StringDeserializer(),
        KithSerdes.embedding().deserializer(),
        settings.embeddingsTopic());
    topology.addSource(
        "predictions-in",
        new StringDeserializer(),
        KithSerdes.prediction().deserializer(),
        settings.predictionsTopic());
    topology.addProcessor(
        "absorb-embeddings",
        () -> new EmbeddingProcessor(absorbed, settings.recommendations()),
        "embeddings-in");
    topology.addProcessor(
        "absorb-predictions",
        () -> new PredictionProcessor(settings.keepPredictions(), absorbed),
        "predictions-in");
    topology.addStateStore(store(EMBEDDINGS, StoredEmbedding.serde()), "absorb-embeddings");
    topology.addStateStore(
        store(PREDICTIONS, StoredPredictions.serde()), "absorb-embeddings", "absorb-predictions");
    if (settings.recommendations()) {
      addRecommendations(topology, settings, absorbed);
    }
    addCopy(topology, QUALITY, settings.qualityTopic());
    addCopy(topology, ALERTS, settings.alertsTopic());
    return topology;
  }

  /** The store is tied to the embeddings, so that the same task has both. */
  private static void addRecommendations(
      Topology topology, ServeSettings settings, Absorbed absorbed) {
    topology.addSource(
        "recommendations-in",
        new StringDeserializer(),
        KithSerdes.recommendation().deserializer(),
        settings.recommendationsTopic());
    topology.addProcessor(
        "absorb-recommendations",
        () -> new RecommendationProcessor(absorbed),
        "recommendations-in");
    topology.addStateStore(
        store(RECOMMENDATIONS, KithSerdes.recommendation()),
        "absorb-embeddings",
        "absorb-recommendations");
  }

  private static void addCopy(Topology topology, String store, String topic) {
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(store), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled(),
        store + "-in",
        new StringDeserializer(),
        new ByteArrayDeserializer(),
        topic,
        "absorb-" + store,
        () -> new CopyProcessor(store));
  }

  /** The cache lets only the last value of a key through to RocksDB and Kafka at each commit. */
  private static <T> StoreBuilder<KeyValueStore<String, T>> store(String name, Serde<T> values) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), values)
        .withCachingEnabled();
  }
}
