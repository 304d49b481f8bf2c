package io.kith.operators;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Plays its partitions in turns, one arrival each. Called by the task's thread alone. */
final class ScriptReader implements SourceReader<Arrival, ScriptSplit> {
  private final ArrivalScript script;
  private final Deque<Playing> playing = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean complete;

  private static final class Playing {
    final int partition;
    final Iterator<Arrival> arrivals;
    long next;

    Playing(ScriptSplit split, ArrivalScript script) {
      partition = split.partition();
      next = split.next();
      arrivals = script.open(partition, next);
    }
  }

  ScriptReader(ArrivalScript script) {
    this.script = script;
  }

  @Override
  public void start() {
    // Splits come by themselves.
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Arrival> output) {
    Playing turn = playing.poll();
    if (turn == null) {
      if (complete) {
        return InputStatus.END_OF_INPUT;
      }
      available = new CompletableFuture<>();
      return InputStatus.NOTHING_AVAILABLE;
    }
    String id = String.valueOf(turn.partition);
    if (turn.arrivals.hasNext()) {
      output.createOutputForSplit(id).collect(turn.arrivals.next());
      turn.next++;
      playing.add(turn);
    } else {
      output.releaseOutputForSplit(id);
    }
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<ScriptSplit> snapshotState(long checkpoint) {
    return playing.stream().map(turn -> new ScriptSplit(turn.partition, turn.next)).toList();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void addSplits(List<ScriptSplit> splits) {
    for (ScriptSplit split : splits) {
      playing.add(new Playing(split, script));
    }
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    complete = true;
    available.complete(null);
  }

  @Override
  public void close() {
    playing.clear();
  }
}
