package io.kith.state;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ChronicleFileNodeStoreTest extends NodeStoreContract {
  @TempDir Path directory;

  @Override
  NodeStore open(RecordLayout layout, long capacity) throws IOException {
    return ChronicleNodeStore.inFile(layout, capacity, directory.resolve("nodes.map"));
  }
}
