package io.kith.streams.serve;

import io.kith.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest predictions of each source, the last that arrived first. One that is there
 * already is a repetition after a failure, and passed over.
 */
final class PredictionProcessor implements Processor<String, Prediction, Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionProcessor.class);

  private final int keep;
  private final Absorbed absorbed;
  private KeyValueStore<String, List<Prediction>> store;

  /**
   * @param keep predictions of a node, at least 1
   */
  PredictionProcessor(int keep, Absorbed absorbed) {
    this.keep = keep;
    this.absorbed = absorbed;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(ServeApp.PREDICTIONS);
  }

  @Override
  public void process(Record<String, Prediction> record) {
    Prediction newest = record.value();
    if (newest == null || !newest.source().equals(record.key())) {
      absorbed.misplaced.increment();
      LOG.warn("prediction skipped, its key must be its source: key={}", record.key());
      return;
    }
    absorbed.predictions.increment();
    List<Prediction> before = store.get(newest.source());
    if (before == null) {
      store.put(newest.source(), List.of(newest));
      absorbed.live.add(newest);
    } else if (!before.contains(newest)) {
      List<Prediction> after = new ArrayList<>(keep);
      after.add(newest);
      after.addAll(before.subList(0, Math.min(before.size(), keep - 1)));
      store.put(newest.source(), after);
      absorbed.live.add(newest);
    }
  }
}
