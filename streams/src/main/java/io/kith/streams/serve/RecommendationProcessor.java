package io.kith.streams.serve;

import io.kith.model.Recommendation;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the latest list of each node, until its tombstone. */
final class RecommendationProcessor implements Processor<String, Recommendation, Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(RecommendationProcessor.class);

  private final Absorbed absorbed;
  private KeyValueStore<String, Recommendation> store;

  RecommendationProcessor(Absorbed absorbed) {
    this.absorbed = absorbed;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(ServeApp.RECOMMENDATIONS);
  }

  @Override
  public void process(Record<String, Recommendation> record) {
    String node = record.key();
    Recommendation list = record.value();
    if (node == null || (list != null && !list.node().equals(node))) {
      absorbed.misplaced.increment();
      LOG.warn("recommendations skipped, their key must be their node: key={}", node);
    } else {
      store.put(node, list);
      absorbed.recommendations.increment();
    }
  }
}
