package io.kith.streams.serve;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One memory budget for all RocksDB stores of the process: Kafka Streams would otherwise give each
 * store of each partition up to 98 MB. Made by Kafka Streams by name, once a store; what they share
 * lives as long as the process.
 */
public final class SharedStoreMemory implements RocksDBConfigSetter {
  /** Name of the property that has the budget, bytes. */
  static final String BYTES = "kith.store.memory";

  private static final long WRITE_BUFFER = 4L << 20;
  private static Cache cache;
  private static WriteBufferManager writeBuffers;

  /** Called by Kafka Streams by name. */
  public SharedStoreMemory() {}

  @Override
  public void setConfig(String store, Options options, Map<String, Object> settings) {
    share(Long.parseLong(String.valueOf(settings.get(BYTES))));
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(cache);
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(writeBuffers);
    options.setWriteBufferSize(WRITE_BUFFER);
    options.setMaxWriteBufferNumber(2);
  }

  private static synchronized void share(long bytes) {
    if (cache == null) {
      RocksDB.loadLibrary();
      cache = new LRUCache(bytes);
      // Half of the budget; it is taken from the cache.
      writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }
  }

  /** What is shared stays. */
  @Override
  public void close(String store, Options options) {}
}
