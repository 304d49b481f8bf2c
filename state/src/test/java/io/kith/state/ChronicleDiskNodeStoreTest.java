package io.kith.state;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ChronicleDiskNodeStoreTest extends NodeStoreContract {
  @TempDir Path directory;

  @Override
  NodeStore open(RecordLayout layout, long capacity) throws IOException {
    return ChronicleNodeStore.onDisk(layout, capacity, directory);
  }
}
