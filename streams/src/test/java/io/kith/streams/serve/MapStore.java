package io.kith.streams.serve;

import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** A store that is a map. */
record MapStore(Map<String, byte[]> entries) implements ReadOnlyKeyValueStore<String, byte[]> {
  @Override
  public byte[] get(String key) {
    return entries.get(key);
  }

  @Override
  public KeyValueIterator<String, byte[]> range(String from, String to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public KeyValueIterator<String, byte[]> all() {
    Iterator<Map.Entry<String, byte[]>> all = entries.entrySet().iterator();
    return new KeyValueIterator<>() {
      @Override
      public void close() {}

      @Override
      public String peekNextKey() {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public KeyValue<String, byte[]> next() {
        Map.Entry<String, byte[]> entry = all.next();
        return KeyValue.pair(entry.getKey(), entry.getValue());
      }
    };
  }

  @Override
  public long approximateNumEntries() {
    return entries.size();
  }
}
