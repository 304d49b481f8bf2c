package io.kith.operators;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Plays its partitions in turns of some arrivals each. Called by the task's thread alone. */
final class ScriptReader<T> implements SourceReader<T, ScriptSplit> {
  private final Script<T> script;
  private final boolean endless;
  private final int turnLength;
  private final Deque<Playing<T>> playing = new ArrayDeque<>();
  private final List<Playing<T>> silent = new ArrayList<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean complete;

  private static final class Playing<T> {
    final int partition;
    final Iterator<T> arrivals;
    long next;

    Playing(ScriptSplit split, Script<T> script) {
      partition = split.partition();
      next = split.next();
      arrivals = script.open(partition, next);
    }
  }

  /**
   * @param endless whether partitions fall silent at their end instead of ending; then a reader
   *     without any does not end either
   * @param turnLength arrivals of a partition in one turn
   */
  ScriptReader(Script<T> script, boolean endless, int turnLength) {
    this.script = script;
    this.endless = endless;
    this.turnLength = turnLength;
  }

  @Override
  public void start() {
    // Splits come by themselves.
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) {
    Playing<T> turn = playing.poll();
    if (turn == null) {
      if (complete && !endless) {
        return InputStatus.END_OF_INPUT;
      }
      available = new CompletableFuture<>();
      return InputStatus.NOTHING_AVAILABLE;
    }
    String id = String.valueOf(turn.partition);
    if (turn.arrivals.hasNext()) {
      output.createOutputForSplit(id).collect(turn.arrivals.next());
      turn.next++;
      if (turn.next % turnLength == 0) {
        playing.addLast(turn);
      } else {
        playing.addFirst(turn);
      }
    } else if (endless) {
      silent.add(turn);
    } else {
      output.releaseOutputForSplit(id);
    }
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<ScriptSplit> snapshotState(long checkpoint) {
    return Stream.concat(playing.stream(), silent.stream())
        .map(turn -> new ScriptSplit(turn.partition, turn.next))
        .toList();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void addSplits(List<ScriptSplit> splits) {
    for (ScriptSplit split : splits) {
      playing.add(new Playing<>(split, script));
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
