package io.kith.operators;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Deals out splits as the enumerator within does, and tells each reader when it has all of its own:
 * a reader without splits is idle only once it is known that none are on their way.
 */
final class IdleAwareEnumerator<S extends SourceSplit, E> implements SplitEnumerator<S, E> {
  private static final long PERIOD_MS = 50;

  /** For looks at the state that belong to no checkpoint. */
  private static final long NO_CHECKPOINT = -1;

  private final SplitEnumerator<S, E> enumerator;
  private final SplitEnumeratorContext<S> context;
  private final UnreadProbe.Questions<S, E> questions;
  private boolean allDealt;

  IdleAwareEnumerator(
      SplitEnumerator<S, E> enumerator,
      SplitEnumeratorContext<S> context,
      UnreadProbe.Questions<S, E> questions) {
    this.enumerator = enumerator;
    this.context = context;
    this.questions = questions;
  }

  @Override
  public void start() {
    enumerator.start();
    context.callAsync(() -> true, (unused, failure) -> review(), PERIOD_MS, PERIOD_MS);
  }

  /** In the coordinator's thread, where splits are assigned too. */
  private void review() {
    if (!allDealt && dealt()) {
      allDealt = true;
      context.registeredReaders().keySet().forEach(this::tell);
    }
  }

  private boolean dealt() {
    try {
      return questions.allDealt(enumerator.snapshotState(NO_CHECKPOINT));
    } catch (Exception e) {
      throw new IllegalStateException("cannot tell which splits are dealt: " + e.getMessage(), e);
    }
  }

  private void tell(int subtask) {
    context.sendEventToSourceReader(subtask, AllDealt.EVENT);
  }

  @Override
  public void addReader(int subtask) {
    enumerator.addReader(subtask);
    if (allDealt) {
      tell(subtask);
    }
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    enumerator.handleSplitRequest(subtask, host);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    enumerator.handleSourceEvent(subtask, event);
  }

  @Override
  public void addSplitsBack(List<S> splits, int subtask) {
    enumerator.addSplitsBack(splits, subtask);
  }

  @Override
  public E snapshotState(long checkpoint) throws Exception {
    return enumerator.snapshotState(checkpoint);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    enumerator.notifyCheckpointComplete(checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    enumerator.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void close() throws IOException {
    enumerator.close();
  }
}
