package io.kith.streams.serve;

import io.kith.model.Embedding;
import io.kith.model.Prediction;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest embedding of each node of a partition, in the store and in the index. A
 * tombstone forgets the node, its predictions too.
 */
final class EmbeddingProcessor implements Processor<String, Embedding, Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingProcessor.class);

  private final SimilarityIndex index;
  private final Absorbed absorbed;
  private int partition;
  private KeyValueStore<String, Embedding> embeddings;
  private KeyValueStore<String, List<Prediction>> predictions;

  EmbeddingProcessor(SimilarityIndex index, Absorbed absorbed) {
    this.index = index;
    this.absorbed = absorbed;
  }

  /** The store is restored by now: the index is filled from it. */
  @Override
  public void init(ProcessorContext<Void, Void> context) {
    partition = context.taskId().partition();
    embeddings = context.getStateStore(ServeApp.EMBEDDINGS);
    predictions = context.getStateStore(ServeApp.PREDICTIONS);
    try (KeyValueIterator<String, Embedding> stored = embeddings.all()) {
      while (stored.hasNext()) {
        index.put(partition, stored.next().value);
      }
    }
    index.opened(partition);
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
      index.remove(node);
      absorbed.tombstones.increment();
    } else {
      embeddings.put(node, embedding);
      index.put(partition, embedding);
      absorbed.embeddings.increment();
    }
  }

  @Override
  public void close() {
    index.closed(partition);
  }
}
