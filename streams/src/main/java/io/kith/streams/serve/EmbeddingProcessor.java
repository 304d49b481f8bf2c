package io.kith.streams.serve;

import io.kith.model.Embedding;
import io.kith.model.Prediction;
import io.kith.model.Recommendation;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest embedding of each node of a partition, in the store, in the index and among the
 * names. A tombstone forgets the node, its predictions and its list of next partners too.
 */
final class EmbeddingProcessor implements Processor<String, Embedding, Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingProcessor.class);

  private final Absorbed absorbed;
  private final boolean listed;
  private int partition;
  private KeyValueStore<String, Embedding> embeddings;
  private KeyValueStore<String, List<Prediction>> predictions;

  /** Null where lists are not served. */
  private KeyValueStore<String, Recommendation> recommendations;

  /**
   * @param listed whether there is a store of recommendations
   */
  EmbeddingProcessor(Absorbed absorbed, boolean listed) {
    this.absorbed = absorbed;
    this.listed = listed;
  }

  /** The store is restored by now: the index is filled from it. */
  @Override
  public void init(ProcessorContext<Void, Void> context) {
    partition = context.taskId().partition();
    embeddings = context.getStateStore(ServeApp.EMBEDDINGS);
    predictions = context.getStateStore(ServeApp.PREDICTIONS);
    recommendations = listed ? context.getStateStore(ServeApp.RECOMMENDATIONS) : null;
    try (KeyValueIterator<String, Embedding> stored = embeddings.all()) {
      while (stored.hasNext()) {
        take(stored.next().value);
      }
    }
    absorbed.index.opened(partition);
  }

  private void take(Embedding embedding) {
    absorbed.index.put(partition, embedding);
    absorbed.names.put(partition, embedding.node());
  }

  @Override
  public void process(Record<String, Embedding> record) {
    String node = record.key();
    Embedding embedding = record.value();
    if (node == null || (embedding != null && !embedding.node().equals(node))) {
      absorbed.misplaced.increment();
      LOG.warn("embedding skipped, its key must be its node: key={}", node);
    } else if (embedding == null) {
      embeddings.delete(node);
      predictions.delete(node);
      if (recommendations != null) {
        recommendations.delete(node);
      }
      absorbed.index.remove(node);
      absorbed.names.remove(node);
      absorbed.tombstones.increment();
    } else {
      embeddings.put(node, embedding);
      take(embedding);
      absorbed.embeddings.increment();
    }
  }

  @Override
  public void close() {
    absorbed.index.closed(partition);
    absorbed.names.closed(partition);
  }
}
