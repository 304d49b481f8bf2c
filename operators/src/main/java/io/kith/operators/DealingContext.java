package io.kith.operators;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * The context of an enumerator, which sees by it when the enumerator has dealt out what there is:
 * once everything that it has asked for in the background has been answered, and handled, once. All
 * calls come from the coordinator's thread.
 */
final class DealingContext<S extends SourceSplit> implements SplitEnumeratorContext<S> {
  private final SplitEnumeratorContext<S> context;
  private int unanswered;
  private Runnable whenDealt = () -> {};

  DealingContext(SplitEnumeratorContext<S> context) {
    this.context = context;
  }

  /** Runs it as soon as nothing is unanswered any more: at once, or later, or more than once. */
  void whenDealt(Runnable then) {
    whenDealt = then;
    review();
  }

  private void review() {
    if (unanswered == 0) {
      whenDealt.run();
    }
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    context.callAsync(callable, counted(handler));
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
    context.callAsync(callable, counted(handler), delay, period);
  }

  /** Counts until its first answer; what the handler asks in turn is counted before that. */
  private <T> BiConsumer<T, Throwable> counted(BiConsumer<T, Throwable> handler) {
    unanswered++;
    return new BiConsumer<>() {
      private boolean answered;

      @Override
      public void accept(T answer, Throwable failure) {
        handler.accept(answer, failure);
        if (!answered) {
          answered = true;
          unanswered--;
          review();
        }
      }
    };
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return context.metricGroup();
  }

  @Override
  public void sendEventToSourceReader(int subtask, SourceEvent event) {
    context.sendEventToSourceReader(subtask, event);
  }

  @Override
  public void sendEventToSourceReader(int subtask, int attempt, SourceEvent event) {
    context.sendEventToSourceReader(subtask, attempt, event);
  }

  @Override
  public int currentParallelism() {
    return context.currentParallelism();
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return context.registeredReaders();
  }

  @Override
  public Map<Integer, Map<Integer, ReaderInfo>> registeredReadersOfAttempts() {
    return context.registeredReadersOfAttempts();
  }

  @Override
  public void assignSplits(SplitsAssignment<S> splits) {
    context.assignSplits(splits);
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public void runInCoordinatorThread(Runnable task) {
    context.runInCoordinatorThread(task);
  }

  @Override
  public void setIsProcessingBacklog(boolean backlog) {
    context.setIsProcessingBacklog(backlog);
  }
}
