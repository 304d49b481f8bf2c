package io.kith.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.hash.serialization.SizeMarshaller;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapEntry;

/**
 * Records off-heap in a Chronicle Map, in memory or mapped from a file. Thread rule and phases:
 * {@link NodeStore}. Beyond these, one thread may read nodes, and look at the views, while another
 * writes or removes others: the map's lock guards the look-up, and an entry stays where it is.
 *
 * <p>Keys and values have one size, so an entry is one chunk: removing and inserting cannot
 * fragment the map. There is one segment: the writer is one thread, and with several the fullest
 * would decide how many nodes fit. The declared number of nodes is kept by this class, since the
 * map would take about three times as many, ever slower, before it fails.
 */
public final class ChronicleNodeStore implements NodeStore {
  /** What one segment of a Chronicle Map can hold. */
  private static final long MOST_NODES = 1L << 29;

  /** Of each thread: two may read at a time. */
  private static final ThreadLocal<StoredKey> LOOKUP = ThreadLocal.withInitial(StoredKey::new);

  private final RecordLayout layout;
  private final long capacity;
  private final ChronicleMap<StoredKey, RecordFlyweight> map;
  private long size;

  private ChronicleNodeStore(
      RecordLayout layout, long capacity, ChronicleMap<StoredKey, RecordFlyweight> map) {
    this.layout = layout;
    this.capacity = capacity;
    this.map = map;
  }

  /**
   * An empty store in memory. It is reserved at once and committed by the system as it is touched.
   *
   * @param capacity most nodes it takes; 1 to 2^29
   * @throws IllegalStateException when the system does not give the memory
   */
  public static ChronicleNodeStore inMemory(RecordLayout layout, long capacity) {
    ChronicleMapBuilder<StoredKey, RecordFlyweight> builder = builder(layout, capacity);
    try {
      return new ChronicleNodeStore(layout, capacity, builder.create());
    } catch (OutOfMemoryError e) { // of native memory: the heap is as well as before
      throw new IllegalStateException(
          "store does not fit in memory: lower the setting nodes or raise the parallelism; nodes="
              + capacity
              + ", record bytes="
              + layout.length(),
          e);
    }
  }

  /**
   * An empty store in a file, of which the system keeps in memory what is used. The file is
   * scratch: it has a name of its own, takes its full length at once, and is unlinked as soon as it
   * is mapped. So no run finds the file of another, which a crash may have torn, and none is left.
   * (A name used twice would not do: within a process Chronicle maps the first file again, even
   * when it has been deleted.)
   *
   * @param capacity most nodes it takes; 1 to 2^29
   * @param directory made if missing
   * @throws IOException when the file cannot be made
   */
  public static ChronicleNodeStore onDisk(RecordLayout layout, long capacity, Path directory)
      throws IOException {
    ChronicleMapBuilder<StoredKey, RecordFlyweight> builder = builder(layout, capacity);
    Path file = Files.createTempFile(Files.createDirectories(directory), "nodes-", ".map");
    try {
      return new ChronicleNodeStore(layout, capacity, builder.createPersistedTo(file.toFile()));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static ChronicleMapBuilder<StoredKey, RecordFlyweight> builder(
      RecordLayout layout, long capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "store of no nodes: raise the setting nodes; nodes=" + capacity);
    }
    if (capacity > MOST_NODES) {
      throw new IllegalArgumentException(
          "too many nodes for one store: lower the setting nodes or raise the parallelism; most="
              + MOST_NODES
              + ", nodes="
              + capacity);
    }
    System.setProperty("chronicle.analytics.disable", "true");
    return ChronicleMapBuilder.of(StoredKey.class, RecordFlyweight.class)
        .name("nodes")
        .keyReaderAndDataAccess(new StoredKey.Reader(), new StoredKey.Access())
        .keySizeMarshaller(SizeMarshaller.constant(Long.BYTES))
        .valueReaderAndDataAccess(new StoredValue.Reader(), new StoredValue.Access())
        .valueSizeMarshaller(SizeMarshaller.constant(layout.length()))
        .checksumEntries(false) // they find torn entries of old files, which are never read
        .skipCloseOnExitHook(true) // which would pull the memory from under running tasks
        .entriesPerSegment(capacity)
        .actualSegments(1);
  }

  private static StoredKey lookup(long key) {
    StoredKey lookup = LOOKUP.get();
    lookup.value = key;
    return lookup;
  }

  @Override
  public boolean read(long key, RecordFlyweight into) {
    into.checkLayout(layout);
    return map.getUsing(lookup(key), into) != null;
  }

  @Override
  public void write(long key, RecordFlyweight from) {
    from.checkLayout(layout);
    from.checkVersion();
    try (ExternalMapQueryContext<StoredKey, RecordFlyweight, ?> context =
        map.queryContext(lookup(key))) {
      context.updateLock().lock();
      MapEntry<StoredKey, RecordFlyweight> entry = context.entry();
      if (entry != null) {
        context.replaceValue(entry, context.wrapValueAsData(from));
      } else if (size < capacity) {
        context.insert(context.absentEntry(), context.wrapValueAsData(from));
        size++;
      } else {
        throw new StoreFullException(capacity, size);
      }
    }
  }

  @Override
  public boolean remove(long key) {
    try (ExternalMapQueryContext<StoredKey, RecordFlyweight, ?> context =
        map.queryContext(lookup(key))) {
      context.updateLock().lock();
      MapEntry<StoredKey, RecordFlyweight> entry = context.entry();
      if (entry == null) {
        return false;
      }
      context.remove(entry);
      size--;
      return true;
    }
  }

  @Override
  public <R extends RecordFlyweight> void forEach(R view, Visitor<? super R> visitor) {
    view.checkLayout(layout);
    StoredKey key = new StoredKey();
    map.forEachEntry(
        entry -> {
          entry.value().getUsing(view);
          visitor.visit(entry.key().getUsing(key).value, view);
        });
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long capacity() {
    return capacity;
  }

  @Override
  public long bytesPerNode() {
    return (map.offHeapMemoryUsed() + capacity - 1) / capacity;
  }

  @Override
  public void close() {
    map.close();
  }
}
