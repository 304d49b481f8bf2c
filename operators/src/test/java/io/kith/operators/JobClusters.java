package io.kith.operators;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** Mini clusters for the tests of the whole job. */
final class JobClusters {
  private JobClusters() {}

  static MiniClusterExtension of(int taskManagers, int slotsOfEach) {
    return of(taskManagers, slotsOfEach, new Configuration());
  }

  static MiniClusterExtension of(int taskManagers, int slotsOfEach, Configuration flink) {
    return new MiniClusterExtension(
        new MiniClusterResourceConfiguration.Builder()
            .setConfiguration(flink)
            .setNumberTaskManagers(taskManagers)
            .setNumberSlotsPerTaskManager(slotsOfEach)
            .build());
  }

  /** So that the input does not fit into the network, and barriers do not come after all of it. */
  static Configuration smallBuffers() {
    Configuration flink = new Configuration();
    flink.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, MemorySize.parse("4kb"));
    return flink;
  }
}
