package io.kith.state;

class HeapNodeStoreTest extends NodeStoreContract {
  @Override
  NodeStore open(RecordLayout layout, long capacity) {
    return new HeapNodeStore(layout, capacity);
  }
}
