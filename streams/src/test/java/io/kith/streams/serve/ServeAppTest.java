package io.kith.streams.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Embedding;
import io.kith.model.Explanation;
import io.kith.model.LastList;
import io.kith.model.Neighbour;
import io.kith.model.NodeKey;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import io.kith.streams.KithSerdes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeAppTest {
  @TempDir Path folder;

  private final SimilarityIndex index = new SimilarityIndex();
  private final Absorbed absorbed = new Absorbed(index);
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> embeddings;
  private TestInputTopic<String, byte[]> predictions;
  private TestInputTopic<String, byte[]> quality;

  @BeforeEach
  void start() {
    start("--recommendations=true");
  }

  private void start(String flag) {
    ServeSettings settings =
        ServeSettings.parse(
            Map.of(),
            "--bootstrap-servers=k:1",
            "--keep-predictions=3",
            "--state-dir=" + folder,
            flag);
    Properties properties = settings.streamsProperties(new HostInfo("h", 1));
    driver = new TopologyTestDriver(ServeApp.topology(settings, absorbed), properties);
    embeddings = input("kith.embeddings");
    predictions = input("kith.predictions");
    quality = input("kith.quality");
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void keepsTheNewestEmbeddingInStoreAndIndexUntilItsTombstone() {
    put(Clusters.embedding("a", 1, 0));
    put(Clusters.embedding("b", 1, 1));
    put(Clusters.embedding("a", 0, 1));
    predict("a", "b", 1);

    assertThat(stored("a")).isEqualTo(Clusters.embedding("a", 0, 1));
    assertThat(similar(0, 1)).containsExactly("a", "b");
    assertThat(index.partitions()).containsExactly(0);
    assertThat(absorbed.names.of(NodeKey.of("a"))).hasValue("a");

    embeddings.pipeInput("a", null);

    assertThat(stored("a")).isNull();
    assertThat(similar(0, 1)).containsExactly("b");
    assertThat(targets("a")).isNull();
    assertThat(absorbed.names.of(NodeKey.of("a"))).isEmpty();
    assertThat(absorbed.embeddings.sum()).isEqualTo(3);
    assertThat(absorbed.tombstones.sum()).isEqualTo(1);
  }

  @Test
  void keepsTheNewestPredictionsOfASourceFirstAndRepetitionsOnce() {
    for (int i = 1; i <= 4; i++) {
      predict("a", "t" + i, i);
    }
    predict("a", "t3", 3);
    predict("b", "t9", 9);

    assertThat(targets("a")).containsExactly("t4", "t3", "t2");
    assertThat(targets("b")).containsExactly("t9");
    assertThat(absorbed.live.state(10).predictions())
        .extracting(Prediction::target)
        .containsExactly("t9", "t4", "t3", "t2", "t1");
  }

  @Test
  void keepsTheLatestListOfANodeUntilItIsForgottenByEitherTopic() {
    for (String node : List.of("a", "b")) {
      put(Clusters.embedding(node, 1, 0));
      list(node, Lists.of(node, "x"));
      list(node, Lists.of(node, "y", "z"));
      assertThat(listed(node)).isEqualTo(Lists.of(node, "y", "z"));
    }

    list("a", null);
    embeddings.pipeInput("b", null);

    assertThat(listed("a")).isNull();
    assertThat(listed("b")).isNull();
    assertThat(absorbed.recommendations.sum()).isEqualTo(5);
  }

  @Test
  void keepsNoListsWhereItIsNotTo() {
    driver.close();
    start("--recommendations=false");
    put(Clusters.embedding("a", 1, 0));
    embeddings.pipeInput("a", null);

    assertThat(driver.getAllStateStores()).doesNotContainKey(ServeApp.RECOMMENDATIONS);
    assertThat(stored("a")).isNull();
  }

  @Test
  void storesWhatStoodOnTheTopicToTheLastField() {
    Embedding embedding =
        new Embedding(
            "ä/b",
            "-9223372036854775808",
            List.of(0.1f, -1e-20f),
            -3,
            -2500,
            7,
            "v2",
            List.of(new Neighbour("5", -2500, 2)));
    put(embedding);
    assertThat(stored("ä/b")).isEqualTo(embedding);

    Prediction none =
        new Prediction(
            "ä/b", "c", -1, 0.25f, -1, "v2", 3, 0, 1, 1, 1, -0.5, true, null, null, null, null,
            null);
    predictions.pipeInput("ä/b", bytes(none));
    assertThat(driver.<String, List<Prediction>>getKeyValueStore(ServeApp.PREDICTIONS).get("ä/b"))
        .containsExactly(none);
    Prediction explained = prediction("e", "c", 1);
    predictions.pipeInput("e", bytes(explained));
    assertThat(driver.<String, List<Prediction>>getKeyValueStore(ServeApp.PREDICTIONS).get("e"))
        .containsExactly(explained);
  }

  @Test
  void skipsWhatCannotBeReadAndWhatIsMisplaced() {
    embeddings.pipeInput("a", "{".getBytes(UTF_8));
    embeddings.pipeInput(
        null, KithSerdes.embedding().serializer().serialize("t", Clusters.embedding("a", 1)));
    embeddings.pipeInput(
        "x", KithSerdes.embedding().serializer().serialize("t", Clusters.embedding("a", 1)));
    predictions.pipeInput("x", bytes(prediction("a", "b", 1)));
    predictions.pipeInput("x", null);
    list("x", Lists.of("a", "b"));
    list(null, null);
    put(Clusters.embedding("b", 1, 0));

    assertThat(stored("a")).isNull();
    assertThat(stored("x")).isNull();
    assertThat(stored("b")).isNotNull();
    assertThat(listed("x")).isNull();
    assertThat(absorbed.misplaced.sum()).isEqualTo(6);
  }

  @Test
  void anotherModelIsAnotherSpace() {
    put(Clusters.embedding("a", 1, 0));
    put(new Embedding("b", "7", List.of(1f, 0f), 1, 1, 1, "m2", List.of()));

    assertThat(similar(1, 0)).containsExactly("a");
    assertThat(index.search("m2", new float[] {1, 0}, 5, null))
        .containsExactly(new SimilarNode("b", 1));

    put(new Embedding("a", "7", List.of(1f, 0f), 2, 2, 2, "m2", List.of()));
    assertThat(similar(1, 0)).isEmpty();
    assertThat(index.size()).isEqualTo(2);
  }

  @Test
  void aTaskThatLeavesTakesItsNodesOutOfTheIndex() {
    put(Clusters.embedding("a", 1, 0));

    driver.close();

    assertThat(index.size()).isZero();
    assertThat(index.partitions()).isEmpty();
    assertThat(absorbed.names.of(NodeKey.of("a"))).isEmpty();
    start();
  }

  @Test
  void aTaskThatComesPutsTheNodesOfItsRestoredStoreIntoTheIndex() {
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 5), folder.toFile());
    KeyValueStore<String, Embedding> restored =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(ServeApp.EMBEDDINGS),
                Serdes.String(),
                StoredEmbedding.serde())
            .withLoggingDisabled()
            .build();
    restored.init(context.getStateStoreContext(), restored);
    context.addStateStore(restored);
    restored.put("a", Clusters.embedding("a", 1, 0));

    new EmbeddingProcessor(absorbed, false).init(context);

    assertThat(similar(1, 0)).containsExactly("a");
    assertThat(index.partitions()).contains(5);
    assertThat(absorbed.names.of(NodeKey.of("a"))).hasValue("a");
  }

  @Test
  void copiesTheTopicsOfQualityAndAlertsAsTheyAre() {
    quality.pipeInput("total", new byte[] {1, 2});
    input("kith.alerts").pipeInput("7", new byte[] {3});

    assertThat(driver.<String, byte[]>getKeyValueStore(ServeApp.ALERTS).get("7"))
        .containsExactly(3);

    assertThat(driver.<String, byte[]>getKeyValueStore(ServeApp.QUALITY).get("total"))
        .containsExactly(1, 2);
  }

  private TestInputTopic<String, byte[]> input(String topic) {
    return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
  }

  private void put(Embedding embedding) {
    embeddings.pipeInput(
        embedding.node(), KithSerdes.embedding().serializer().serialize("t", embedding));
  }

  private void list(String node, Recommendation list) {
    input("kith.recommendations")
        .pipeInput(node, KithSerdes.recommendation().serializer().serialize("t", list));
  }

  private Recommendation listed(String node) {
    return driver.<String, Recommendation>getKeyValueStore(ServeApp.RECOMMENDATIONS).get(node);
  }

  private void predict(String source, String target, long timestamp) {
    predictions.pipeInput(source, bytes(prediction(source, target, timestamp)));
  }

  private static byte[] bytes(Prediction prediction) {
    return KithSerdes.prediction().serializer().serialize("t", prediction);
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

  private Embedding stored(String node) {
    return driver.<String, Embedding>getKeyValueStore(ServeApp.EMBEDDINGS).get(node);
  }

  private List<String> targets(String node) {
    List<Prediction> stored =
        driver.<String, List<Prediction>>getKeyValueStore(ServeApp.PREDICTIONS).get(node);
    return stored == null ? null : stored.stream().map(Prediction::target).toList();
  }

  private List<String> similar(float... vector) {
    return index.search(Clusters.MODEL, vector, 10, null).stream().map(SimilarNode::node).toList();
  }
}
