package io.kith.streams.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Embedding;
import io.kith.model.NodeKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index holds while tasks and models come and go. */
class ServedIndexTest {
  @TempDir Path folder;
  private ServeDriver app;

  @BeforeEach
  void start() {
    app = new ServeDriver(folder);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void anotherModelIsAnotherSpace() {
    app.put(Clusters.embedding("a", 1, 0));
    app.put(new Embedding("b", "7", List.of(1f, 0f), 1, 1, 1, "m2", List.of()));

    assertThat(app.similar(1, 0)).containsExactly("a");
    assertThat(app.index.search("m2", new float[] {1, 0}, 5, null))
        .containsExactly(new SimilarNode("b", 1));

    app.put(new Embedding("a", "7", List.of(1f, 0f), 2, 2, 2, "m2", List.of()));
    assertThat(app.similar(1, 0)).isEmpty();
    assertThat(app.index.size()).isEqualTo(2);
  }

  @Test
  void aTaskThatLeavesTakesItsNodesOutOfTheIndex() {
    app.put(Clusters.embedding("a", 1, 0));

    app.close();

    assertThat(app.index.size()).isZero();
    assertThat(app.index.partitions()).isEmpty();
    assertThat(app.absorbed.names.of(NodeKey.of("a"))).isEmpty();
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

    new EmbeddingProcessor(app.absorbed, false).init(context);

    assertThat(app.similar(1, 0)).containsExactly("a");
    assertThat(app.index.partitions()).contains(5);
    assertThat(app.absorbed.names.of(NodeKey.of("a"))).hasValue("a");
  }
}
