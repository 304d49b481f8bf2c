package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.junit.jupiter.api.Test;

class IdleAwareEnumeratorTest {
  private final Context context = new Context();
  private final DealingContext<ScriptSplit> dealing = new DealingContext<>(context);

  @Test
  void readersAreToldWhenAllThatWasLookedForHasBeenDealt() {
    IdleAwareEnumerator<ScriptSplit, Void> enumerator =
        new IdleAwareEnumerator<>(new Looking(dealing), dealing);
    enumerator.start();
    context.register(0);
    enumerator.addReader(0);
    assertThat(context.said).isEmpty();

    context.answerNext();
    assertThat(context.said).as("the splits are known, their places not yet").isEmpty();

    context.answerNext();
    context.register(1);
    enumerator.addReader(1);
    assertThat(context.said).containsExactly("0 gets 0", "0: EVENT", "1: EVENT");
  }

  @Test
  void anEnumeratorThatLooksForNothingHasDealtFromTheStart() {
    IdleAwareEnumerator<ScriptSplit, List<ScriptSplit>> enumerator =
        new IdleAwareEnumerator<>(
            new ScriptEnumerator(dealing, List.of(new ScriptSplit(0, 5))), dealing);
    enumerator.start();
    context.register(0);
    enumerator.addReader(0);
    assertThat(context.said).containsExactly("0 gets 0", "0: no more", "0: EVENT");
  }

  /** As Kafka's: looks for splits again and again, then for the place at which each starts. */
  private record Looking(SplitEnumeratorContext<ScriptSplit> context)
      implements SplitEnumerator<ScriptSplit, Void> {
    @Override
    public void start() {
      context.callAsync(() -> "splits", (splits, failure) -> place(), 0, 1_000);
    }

    private void place() {
      context.callAsync(
          () -> "places",
          (places, failure) ->
              context.assignSplits(
                  new SplitsAssignment<>(Map.of(0, List.of(new ScriptSplit(0, 5))))));
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
      throw new AssertionError("nobody asks");
    }

    @Override
    public void addSplitsBack(List<ScriptSplit> splits, int subtask) {
      throw new AssertionError("nothing comes back");
    }

    @Override
    public void addReader(int subtask) {
      // All goes to the first.
    }

    @Override
    public Void snapshotState(long checkpoint) {
      return null;
    }

    @Override
    public void close() throws IOException {
      // Holds nothing.
    }
  }

  /** Answers in the background when it is told to. */
  private static final class Context implements SplitEnumeratorContext<ScriptSplit> {
    final List<String> said = new ArrayList<>();
    private final List<Runnable> questions = new ArrayList<>();
    private final Map<Integer, ReaderInfo> readers = new HashMap<>();

    void register(int subtask) {
      readers.put(subtask, new ReaderInfo(subtask, "here"));
    }

    void answerNext() {
      questions.remove(0).run();
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
      questions.add(
          () -> {
            T answer = null;
            Throwable failure = null;
            try {
              answer = callable.call();
            } catch (Exception e) {
              failure = e;
            }
            handler.accept(answer, failure);
          });
    }

    @Override
    public <T> void callAsync(
        Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
      callAsync(callable, handler);
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
      said.add(subtask + ": " + event);
    }

    @Override
    public void assignSplits(SplitsAssignment<ScriptSplit> splits) {
      splits
          .assignment()
          .forEach(
              (subtask, own) ->
                  own.forEach(split -> said.add(subtask + " gets " + split.splitId())));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
      said.add(subtask + ": no more");
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return readers;
    }

    @Override
    public int currentParallelism() {
      return 1;
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
      throw new AssertionError("not measured");
    }

    @Override
    public void runInCoordinatorThread(Runnable task) {
      task.run();
    }
  }
}
