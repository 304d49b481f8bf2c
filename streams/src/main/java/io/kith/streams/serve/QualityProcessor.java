package io.kith.streams.serve;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Copies the quality topic, which every instance keeps whole. */
final class QualityProcessor implements Processor<String, byte[], Void, Void> {
  private KeyValueStore<String, byte[]> store;

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(ServeApp.QUALITY);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.key() != null) {
      store.put(record.key(), record.value());
    }
  }
}
