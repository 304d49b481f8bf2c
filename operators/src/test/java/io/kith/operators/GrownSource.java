package io.kith.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A {@link ScriptSource} that has gained partitions while its job was down. As with Kafka's, the
 * readers have their old partitions from their own state, and the new ones are found in the
 * background.
 *
 * @param known partitions at the savepoint
 */
record GrownSource(ScriptSource<Arrival> source, ArrivalScript script, int known)
    implements Source<Arrival, ScriptSplit, List<ScriptSplit>> {
  private static final long serialVersionUID = 1L;

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SplitEnumerator<ScriptSplit, List<ScriptSplit>> createEnumerator(
      SplitEnumeratorContext<ScriptSplit> context) {
    throw new AssertionError("to be restored: known=" + known);
  }

  @Override
  public SplitEnumerator<ScriptSplit, List<ScriptSplit>> restoreEnumerator(
      SplitEnumeratorContext<ScriptSplit> context, List<ScriptSplit> unassigned) {
    return new Enumerator(context, unassigned);
  }

  @Override
  public SourceReader<Arrival, ScriptSplit> createReader(SourceReaderContext context) {
    return source.createReader(context);
  }

  @Override
  public SimpleVersionedSerializer<ScriptSplit> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<List<ScriptSplit>> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  private final class Enumerator implements SplitEnumerator<ScriptSplit, List<ScriptSplit>> {
    private final SplitEnumeratorContext<ScriptSplit> context;
    private final List<ScriptSplit> unassigned;
    private boolean found;

    Enumerator(SplitEnumeratorContext<ScriptSplit> context, List<ScriptSplit> unassigned) {
      this.context = context;
      this.unassigned = new ArrayList<>(unassigned);
    }

    @Override
    public void start() {
      context.callAsync(
          () ->
              IntStream.range(known, script.partitions())
                  .mapToObj(partition -> new ScriptSplit(partition, 0))
                  .toList(),
          (splits, failure) -> {
            unassigned.addAll(splits);
            found = true;
            context.registeredReaders().keySet().forEach(this::deal);
          });
    }

    private void deal(int subtask) {
      List<ScriptSplit> own =
          unassigned.stream()
              .filter(split -> split.partition() % context.currentParallelism() == subtask)
              .toList();
      context.assignSplits(new SplitsAssignment<>(Map.of(subtask, own)));
      unassigned.removeAll(own);
      context.signalNoMoreSplits(subtask);
    }

    @Override
    public void addReader(int subtask) {
      if (found) {
        deal(subtask);
      }
    }

    @Override
    public void addSplitsBack(List<ScriptSplit> splits, int subtask) {
      unassigned.addAll(splits);
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
      throw new AssertionError("no reader asks: subtask=" + subtask);
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
}
