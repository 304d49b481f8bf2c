package io.kith.operators;

import io.kith.model.Kernels;
import io.kith.state.ChronicleNodeStore;
import io.kith.state.NodeStore;
import io.kith.state.RecordLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.apache.flink.streaming.runtime.tasks.StreamTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the store of a subtask, for whichever of Reader and Updater comes first. */
final class StoreFactory {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFactory.class);

  private StoreFactory() {}

  /** The nodes that the operator shares with the one beside it; to be released once. */
  static SharedNodes acquire(
      StreamingRuntimeContext context, StreamTask<?, ?> task, JobSettings settings) {
    SharedNodes.Place place =
        new SharedNodes.Place(
            context.getJobInfo().getJobId().toString(),
            run(task.getEnvironment().getExecutionId()),
            context.getTaskInfo().getIndexOfThisSubtask());
    return SharedNodes.acquire(
        place, () -> nodes(place, settings), () -> Popularity.of(settings, place.subtask()));
  }

  private static OwnedNodes nodes(SharedNodes.Place place, JobSettings settings) {
    RecordLayout layout = StoredRecord.layout(settings.weights().sizes());
    KeyGroups keyGroups = settings.keyGroups();
    NodeStore store =
        store(
            layout, settings.retention().capacity(keyGroups, place.subtask()), settings.stateDir());
    LOG.info(
        "Store of subtask {}: nodes={} of {}, bytes a node={}, bytes in all={}",
        place.subtask(),
        store.capacity(),
        settings.retention().nodes(),
        store.bytesPerNode(),
        store.capacity() * store.bytesPerNode());
    LOG.info("Arithmetic of subtask {}: {}", place.subtask(), Kernels.choice());
    return OwnedNodes.keeping(settings.retention(), store, layout, keyGroups, settings.windows());
  }

  /**
   * The execution graph, which the id shows only as the first part of its text, and the attempt.
   */
  private static String run(ExecutionAttemptID id) {
    String text = id.toString();
    return text.substring(0, text.indexOf('_')) + "-" + id.getAttemptNumber();
  }

  private static NodeStore store(RecordLayout layout, long nodes, String stateDir) {
    if (stateDir == null) {
      return ChronicleNodeStore.inMemory(layout, nodes);
    }
    try {
      return ChronicleNodeStore.onDisk(layout, nodes, Path.of(stateDir));
    } catch (IOException e) {
      throw new UncheckedIOException("store cannot be made: state-dir=" + stateDir, e);
    }
  }
}
