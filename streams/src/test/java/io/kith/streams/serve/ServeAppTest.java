package io.kith.streams.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Embedding;
import io.kith.model.Neighbour;
import io.kith.model.NodeKey;
import io.kith.model.Prediction;
import io.kith.streams.KithSerdes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeAppTest {
  @TempDir Path folder;
  private ServeDriver app;

  @BeforeEach
  void start() {
    start("--recommendations=true");
  }

  private void start(String flag) {
    app = new ServeDriver(folder, flag);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void keepsTheNewestEmbeddingInStoreAndIndexUntilItsTombstone() {
    app.put(Clusters.embedding("a", 1, 0));
    app.put(Clusters.embedding("b", 1, 1));
    app.put(Clusters.embedding("a", 0, 1));
    app.predict("a", "b", 1);

    assertThat(app.stored("a")).isEqualTo(Clusters.embedding("a", 0, 1));
    assertThat(app.similar(0, 1)).containsExactly("a", "b");
    assertThat(app.index.partitions()).containsExactly(0);
    assertThat(app.absorbed.names.of(NodeKey.of("a"))).hasValue("a");

    app.input("kith.embeddings").pipeInput("a", null);

    assertThat(app.stored("a")).isNull();
    assertThat(app.similar(0, 1)).containsExactly("b");
    assertThat(app.targets("a")).isNull();
    assertThat(app.absorbed.names.of(NodeKey.of("a"))).isEmpty();
    assertThat(app.absorbed.embeddings.sum()).isEqualTo(3);
    assertThat(app.absorbed.tombstones.sum()).isEqualTo(1);
  }

  @Test
  void keepsTheNewestPredictionsOfASourceFirstAndRepetitionsOnce() {
    for (int i = 1; i <= 4; i++) {
      app.predict("a", "t" + i, i);
    }
    app.predict("a", "t3", 3);
    app.predict("b", "t9", 9);

    assertThat(app.targets("a")).containsExactly("t4", "t3", "t2");
    assertThat(app.targets("b")).containsExactly("t9");
    assertThat(app.absorbed.live.state(10).predictions())
        .extracting(Prediction::target)
        .containsExactly("t9", "t4", "t3", "t2", "t1");
  }

  @Test
  void keepsTheLatestListOfANodeUntilItIsForgottenByEitherTopic() {
    for (String node : List.of("a", "b")) {
      app.put(Clusters.embedding(node, 1, 0));
      app.list(node, Lists.of(node, "x"));
      app.list(node, Lists.of(node, "y", "z"));
      assertThat(app.listed(node)).isEqualTo(Lists.of(node, "y", "z"));
    }

    app.list("a", null);
    app.input("kith.embeddings").pipeInput("b", null);

    assertThat(app.listed("a")).isNull();
    assertThat(app.listed("b")).isNull();
    assertThat(app.absorbed.recommendations.sum()).isEqualTo(5);
  }

  @Test
  void keepsNoListsWhereItIsNotTo() {
    app.close();
    start("--recommendations=false");
    app.put(Clusters.embedding("a", 1, 0));
    app.input("kith.embeddings").pipeInput("a", null);

    assertThat(app.stores()).doesNotContainKey(ServeApp.RECOMMENDATIONS);
    assertThat(app.stored("a")).isNull();
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
    app.put(embedding);
    assertThat(app.stored("ä/b")).isEqualTo(embedding);

    Prediction none =
        new Prediction(
            "ä/b", "c", -1, 0.25f, -1, "v2", 3, 0, 1, 1, 1, -0.5, true, null, null, null, null,
            null);
    app.input("kith.predictions").pipeInput("ä/b", ServeDriver.bytes(none));
    assertThat(app.<List<Prediction>>store(ServeApp.PREDICTIONS).get("ä/b")).containsExactly(none);
    Prediction explained = ServeDriver.prediction("e", "c", 1);
    app.input("kith.predictions").pipeInput("e", ServeDriver.bytes(explained));
    assertThat(app.<List<Prediction>>store(ServeApp.PREDICTIONS).get("e"))
        .containsExactly(explained);
  }

  @Test
  void skipsWhatCannotBeReadAndWhatIsMisplaced() {
    app.input("kith.embeddings").pipeInput("a", "{".getBytes(UTF_8));
    app.input("kith.embeddings")
        .pipeInput(
            null, KithSerdes.embedding().serializer().serialize("t", Clusters.embedding("a", 1)));
    app.input("kith.embeddings")
        .pipeInput(
            "x", KithSerdes.embedding().serializer().serialize("t", Clusters.embedding("a", 1)));
    app.input("kith.predictions")
        .pipeInput("x", ServeDriver.bytes(ServeDriver.prediction("a", "b", 1)));
    app.input("kith.predictions").pipeInput("x", null);
    app.list("x", Lists.of("a", "b"));
    app.list(null, null);
    app.put(Clusters.embedding("b", 1, 0));

    assertThat(app.stored("a")).isNull();
    assertThat(app.stored("x")).isNull();
    assertThat(app.stored("b")).isNotNull();
    assertThat(app.listed("x")).isNull();
    assertThat(app.absorbed.misplaced.sum()).isEqualTo(6);
  }

  @Test
  void copiesTheTopicsOfQualityAndAlertsAsTheyAre() {
    app.input("kith.quality").pipeInput("total", new byte[] {1, 2});
    app.input("kith.alerts").pipeInput("7", new byte[] {3});

    assertThat(app.<byte[]>store(ServeApp.ALERTS).get("7")).containsExactly(3);

    assertThat(app.<byte[]>store(ServeApp.QUALITY).get("total")).containsExactly(1, 2);
  }
}
