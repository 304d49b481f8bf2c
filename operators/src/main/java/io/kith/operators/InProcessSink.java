package io.kith.operators;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Hands what the job says to a callback in the same process; at least once. For jobs on the
 * embedded cluster.
 */
public final class InProcessSink<T> implements Sink<T>, AutoCloseable {
  private static final long serialVersionUID = 1L;
  private static final ConcurrentHashMap<String, Consumer<?>> CALLBACKS = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  private InProcessSink() {}

  /**
   * A sink that calls back until it is closed.
   *
   * @param callback called from several threads
   */
  public static <T> InProcessSink<T> to(Consumer<T> callback) {
    InProcessSink<T> sink = new InProcessSink<>();
    CALLBACKS.put(sink.id, callback);
    return sink;
  }

  @Override
  @SuppressWarnings("unchecked") // put there by to(), under an id of its own
  public SinkWriter<T> createWriter(WriterInitContext context) {
    Consumer<T> callback = (Consumer<T>) CALLBACKS.get(id);
    if (callback == null) {
      throw new IllegalStateException("sink closed, or in another process: id=" + id);
    }
    return new Writer<>(callback);
  }

  @Override
  public void close() {
    CALLBACKS.remove(id);
  }

  private record Writer<T>(Consumer<T> callback) implements SinkWriter<T> {
    @Override
    public void write(T value, Context context) {
      callback.accept(value);
    }

    @Override
    public void flush(boolean endOfInput) {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
