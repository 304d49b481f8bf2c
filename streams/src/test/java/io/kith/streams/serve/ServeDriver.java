package io.kith.streams.serve;

import io.kith.model.Embedding;
import io.kith.model.Explanation;
import io.kith.model.LastList;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import io.kith.streams.KithSerdes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueStore;

/** The serving application on one partition, without a broker. One thread. */
final class ServeDriver implements AutoCloseable {
  final SimilarityIndex index = new SimilarityIndex();
  final Absorbed absorbed = new Absorbed(index);
  private final TopologyTestDriver driver;

  ServeDriver(Path folder, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--bootstrap-servers=k:1", "--keep-predictions=3", "--state-dir=" + folder));
    ServeSettings settings = ServeSettings.parse(Map.of(), all.toArray(String[]::new));
    Properties properties = settings.streamsProperties(new HostInfo("h", 1));
    driver = new TopologyTestDriver(ServeApp.topology(settings, absorbed), properties);
  }

  static Prediction prediction(String source, String target, long timestamp) {
    return new Prediction(
        source,
        target,
        timestamp,
        0.75f,
        timestamp,
        "m1",
        2,
        20,
        1.5,
        3,
        10.5,
        12.5,
        true,
        0.125f,
        0.5,
        false,
        new Explanation(
            3,
            1,
            List.of(
                new Explanation.Entry("1", 1, 5L, null),
                new Explanation.Entry("2", 8, null, 6L),
                new Explanation.Entry("3", 18, 7L, 8L))),
        new LastList(3, 10, 2));
  }

  static byte[] bytes(Prediction prediction) {
    return KithSerdes.prediction().serializer().serialize("t", prediction);
  }

  TestInputTopic<String, byte[]> input(String topic) {
    return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
  }

  void put(Embedding embedding) {
    input("kith.embeddings")
        .pipeInput(embedding.node(), KithSerdes.embedding().serializer().serialize("t", embedding));
  }

  void list(String node, Recommendation list) {
    input("kith.recommendations")
        .pipeInput(node, KithSerdes.recommendation().serializer().serialize("t", list));
  }

  void predict(String source, String target, long timestamp) {
    input("kith.predictions").pipeInput(source, bytes(prediction(source, target, timestamp)));
  }

  <T> KeyValueStore<String, T> store(String name) {
    return driver.getKeyValueStore(name);
  }

  Map<String, StateStore> stores() {
    return driver.getAllStateStores();
  }

  Embedding stored(String node) {
    return this.<Embedding>store(ServeApp.EMBEDDINGS).get(node);
  }

  Recommendation listed(String node) {
    return this.<Recommendation>store(ServeApp.RECOMMENDATIONS).get(node);
  }

  /** Those of its newest predictions; null where it has none. */
  List<String> targets(String node) {
    List<Prediction> stored = this.<List<Prediction>>store(ServeApp.PREDICTIONS).get(node);
    return stored == null ? null : stored.stream().map(Prediction::target).toList();
  }

  /** Nodes by the similarity of their vector, the most similar first. */
  List<String> similar(float... vector) {
    return index.search(Clusters.MODEL, vector, 10, null).stream().map(SimilarNode::node).toList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
