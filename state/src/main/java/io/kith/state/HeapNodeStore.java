package io.kith.state;

/**
 * A store on the heap: for small replays and tests, where starting the off-heap one costs more than
 * it holds. Allocates for new nodes alone.
 */
public final class HeapNodeStore implements NodeStore {
  private final RecordLayout layout;
  private final long capacity;
  private final KeyMap<byte[]> records = new KeyMap<>();
  private boolean closed;

  /**
   * An empty store.
   *
   * @param capacity most nodes it takes; at least 1
   */
  public HeapNodeStore(RecordLayout layout, long capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "store of no nodes: raise the setting nodes; nodes=" + capacity);
    }
    this.layout = layout;
    this.capacity = capacity;
  }

  @Override
  public boolean read(long key, RecordFlyweight into) {
    checkOpen();
    into.checkLayout(layout);
    byte[] bytes = records.get(key);
    if (bytes == null) {
      return false;
    }
    into.wrap(bytes, 0);
    return true;
  }

  @Override
  public void write(long key, RecordFlyweight from) {
    checkOpen();
    from.checkLayout(layout);
    from.checkVersion();
    byte[] bytes = records.get(key);
    if (bytes == null) {
      if (records.size() >= capacity) {
        throw new StoreFullException(capacity, records.size());
      }
      bytes = new byte[layout.length()];
      records.put(key, bytes);
    }
    from.copyTo(bytes, 0);
  }

  @Override
  public boolean remove(long key) {
    checkOpen();
    return records.remove(key) != null;
  }

  @Override
  public <R extends RecordFlyweight> void forEach(R view, Visitor<? super R> visitor) {
    checkOpen();
    view.checkLayout(layout);
    records.forEach(
        (key, bytes) -> {
          view.wrap(bytes, 0);
          visitor.visit(key, view);
        });
  }

  @Override
  public long size() {
    return records.size();
  }

  @Override
  public long capacity() {
    return capacity;
  }

  /** The payload alone: what the heap adds to it is the JVM's business. */
  @Override
  public long bytesPerNode() {
    return layout.length();
  }

  @Override
  public void close() {
    records.clear();
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("store closed");
    }
  }
}
