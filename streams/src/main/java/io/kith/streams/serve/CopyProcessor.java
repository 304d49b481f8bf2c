package io.kith.streams.serve;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Copies a small topic, which every instance keeps whole. */
final class CopyProcessor implements Processor<String, byte[], Void, Void> {
  private final String name;
  private KeyValueStore<String, byte[]> store;

  /**
   * @param name of the store
   */
  CopyProcessor(String name) {
    this.name = name;
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(name);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (record.key() != null) {
      store.put(record.key(), record.value());
    }
  }
}
