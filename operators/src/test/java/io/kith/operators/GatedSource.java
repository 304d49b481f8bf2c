package io.kith.operators;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Plays a source once its gate has been opened. Until then it has nothing, but does not block its
 * task: a barrier that cannot pass would stop the others.
 */
record GatedSource<T, S extends SourceSplit, E>(String gate, Source<T, S, E> source)
    implements Source<T, S, E> {
  private static final long serialVersionUID = 1L;

  /** By name, for the sources travel to the tasks. */
  private static final ConcurrentHashMap<String, CompletableFuture<Void>> GATES =
      new ConcurrentHashMap<>();

  /** Lets all begin that wait at this gate, or come to it later. */
  static void open(String gate) {
    opening(gate).complete(null);
  }

  private static CompletableFuture<Void> opening(String gate) {
    return GATES.computeIfAbsent(gate, name -> new CompletableFuture<>());
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SplitEnumerator<S, E> createEnumerator(SplitEnumeratorContext<S> context)
      throws Exception {
    return source.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<S, E> restoreEnumerator(SplitEnumeratorContext<S> context, E state)
      throws Exception {
    return source.restoreEnumerator(context, state);
  }

  @Override
  public SourceReader<T, S> createReader(SourceReaderContext context) throws Exception {
    return new Reader<>(opening(gate), source.createReader(context));
  }

  @Override
  public SimpleVersionedSerializer<S> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<E> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @SuppressWarnings("try") // as of what it wraps
  private record Reader<T, S extends SourceSplit>(
      CompletableFuture<Void> opening, SourceReader<T, S> reader) implements SourceReader<T, S> {
    @Override
    public void start() {
      reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
      return opening.isDone() ? reader.pollNext(output) : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return opening.isDone() ? reader.isAvailable() : opening;
    }

    @Override
    public List<S> snapshotState(long checkpoint) {
      return reader.snapshotState(checkpoint);
    }

    @Override
    public void addSplits(List<S> splits) {
      reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
      reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
      reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
      reader.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void close() throws Exception {
      reader.close();
    }
  }
}
