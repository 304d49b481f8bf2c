package io.kith.state;

/** A new node was refused because the store holds as many as were declared. Nothing was lost. */
public final class StoreFullException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  StoreFullException(long capacity, long size) {
    super(
        "store full, node refused: raise the setting nodes; capacity="
            + capacity
            + ", size="
            + size);
  }
}
