package io.kith.operators;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Deals out the partitions of a script: each reader gets all of its own as soon as it is there, so
 * that no partition starts behind the clock of another.
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
    for (ScriptSplit split : List.copyOf(unassigned)) {
      if (split.partition() % context.currentParallelism() == subtask) {
        context.assignSplit(split, subtask);
        unassigned.remove(split);
      }
    }
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
