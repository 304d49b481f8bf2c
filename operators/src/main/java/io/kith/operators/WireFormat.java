package io.kith.operators;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How a value crosses from task to task. Stateless; any thread.
 *
 * @param <T> an immutable type
 */
interface WireFormat<T> extends Serializable {
  void write(T value, DataOutputView out) throws IOException;

  T read(DataInputView in) throws IOException;
}
