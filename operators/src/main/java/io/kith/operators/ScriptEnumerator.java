package io.kith.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

/**
 * Deals out the partitions of a script: each reader gets all of its own in one message, so that no
 * partition starts behind the clock of another.
 */
final class ScriptEnumerator implements SplitEnumerator<ScriptSplit, List<ScriptSplit>> {
  private final SplitEnumeratorContext<ScriptSplit> context;
  private final List<ScriptSplit> unassigned;

  ScriptEnumerator(SplitEnumeratorContext<ScriptSplit> context, List<ScriptSplit> unassigned) {
    this.context = context;
    this.unassigned = new ArrayList<>(unassigned);
  }

  @Override
  public void start() {
    // Readers register by themselves.
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    // No reader asks: each is given all it gets.
  }

  @Override
  public void addSplitsBack(List<ScriptSplit> splits, int subtask) {
    unassigned.addAll(splits);
  }

  @Override
  public void addReader(int subtask) {
    List<ScriptSplit> own =
        unassigned.stream()
            .filter(split -> split.partition() % context.currentParallelism() == subtask)
            .toList();
    context.assignSplits(new SplitsAssignment<>(Map.of(subtask, own)));
    unassigned.removeAll(own);
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public List<ScriptSplit> snapshotState(long checkpoint) {
    return List.copyOf(unassigned);
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
