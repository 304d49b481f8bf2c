package io.kith.operators;

import org.apache.flink.runtime.io.network.api.writer.ResultPartitionWriter;
import org.apache.flink.streaming.runtime.tasks.StreamTask;

/** What operators ask of the network below them. */
final class Network {
  private Network() {}

  /**
   * Sends off what a task has written so far. Whoever waits for a window waits for its last buffer,
   * so a watermark must not lie about until the buffer timeout.
   */
  static void flush(StreamTask<?, ?> task) {
    for (ResultPartitionWriter writer : task.getEnvironment().getAllWriters()) {
      writer.flushAll();
    }
  }
}
