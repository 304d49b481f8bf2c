package io.kith.state;

/**
 * One fixed-size record for each node, by key, up to a declared number of nodes.
 *
 * <p>Records are read in place: {@link #read} points a flyweight at the stored bytes. Phases make
 * that safe. While anyone reads, nobody writes: a view stays valid, and what it shows stays the
 * same, until the next {@link #write}, {@link #remove} or {@link #close}. As many flyweights as
 * wanted may be live at once. Setters of such a view change the stored record: they are writes.
 *
 * <p>Thread rule: while nobody writes, any number of threads may {@link #read}, each with
 * flyweights of its own: at a barrier the writer reads what it has to save while the reader is at
 * the next window. Readers and the writer alternate with a happens-before between them; the store
 * adds no lock for that. A store that also allows reading some nodes while others are written says
 * so.
 */
public interface NodeStore extends AutoCloseable {
  /**
   * Points {@code into} at the record of a node.
   *
   * @param key the node; any value
   * @param into left as it was when there is no record
   * @return whether there is a record
   * @throws IllegalArgumentException when the flyweight has another layout than the store
   */
  boolean read(long key, RecordFlyweight into);

  /**
   * Stores a copy of a record, in place of that of the same node if there is one.
   *
   * @throws StoreFullException when the node is new and the store holds as many as declared; the
   *     store is unchanged
   * @throws IllegalArgumentException when the record has another layout than the store
   * @throws IllegalStateException when the record is of another layout version
   */
  void write(long key, RecordFlyweight from);

  /**
   * Forgets a node.
   *
   * @return whether there was a record
   */
  boolean remove(long key);

  /** Shows every record once, in no particular order. The visitor must not call the store. */
  <R extends RecordFlyweight> void forEach(R view, Visitor<? super R> visitor);

  /** Nodes stored. */
  long size();

  /** Nodes declared: the most that can be stored. */
  long capacity();

  /** Memory reserved for each declared node, payload and index, bytes, rounded up. */
  long bytesPerNode();

  /** Nodes stored as a part of those declared, 0 to 1. */
  default double load() {
    return (double) size() / capacity();
  }

  /**
   * Frees the memory; no effect the second time. Views into it must not be used from here on, by no
   * thread: off-heap that ends the process. Nor after the store has become unreachable, which frees
   * it too. All other calls throw {@link IllegalStateException}.
   */
  @Override
  void close();

  /** Sees one record at a time; the view is valid during the call. */
  @FunctionalInterface
  interface Visitor<R extends RecordFlyweight> {
    void visit(long key, R record);
  }
}
