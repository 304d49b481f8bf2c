package io.kith.state;

class ChronicleMemoryNodeStoreTest extends NodeStoreContract {
  @Override
  NodeStore open(RecordLayout layout, long capacity) {
    return ChronicleNodeStore.inMemory(layout, capacity);
  }
}
