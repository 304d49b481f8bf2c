package io.kith.operators;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;

/**
 * Deals out splits as the enumerator within does, and tells each reader when it has all that it
 * gets of those there are, so that none is read before all are known.
 */
final class IdleAwareEnumerator<S extends SourceSplit, E> implements SplitEnumerator<S, E> {
  private final SplitEnumerator<S, E> enumerator;
  private final DealingContext<S> context;
  private boolean allDealt;

  /**
   * @param context the one that the enumerator within was made with
   */
  IdleAwareEnumerator(SplitEnumerator<S, E> enumerator, DealingContext<S> context) {
    this.enumerator = enumerator;
    this.context = context;
  }

  @Override
  public void start() {
    enumerator.start();
    context.whenDealt(this::dealt);
  }

  private void dealt() {
    if (!allDealt) {
      allDealt = true;
      context.registeredReaders().keySet().forEach(this::tell);
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
