package io.kith.operators;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Plays a {@link Script} to the job: its partitions in turns, as a consumer of Kafka's empties what
 * it has of one before it goes on to the next.
 *
 * @param <T> what arrives
 */
public final class ScriptSource<T> implements Source<T, ScriptSplit, List<ScriptSplit>> {
  private static final long serialVersionUID = 1L;

  private final Script<T> script;
  private final Boundedness boundedness;
  private final int turn;

  /** Plays the script and ends. */
  public ScriptSource(Script<T> script) {
    this(script, Boundedness.BOUNDED, 1);
  }

  /**
   * Plays the script; an unbounded one falls silent at its end.
   *
   * @param turn arrivals of a partition in one turn
   */
  public ScriptSource(Script<T> script, Boundedness boundedness, int turn) {
    this.script = script;
    this.boundedness = boundedness;
    this.turn = turn;
  }

  /**
   * A source with partitions that are idle once they have been silent and are at their end.
   *
   * @param timeoutMs least silence; 0 for none ever idle
   */
  static Source<Arrival, ScriptSplit, List<ScriptSplit>> idleAfter(
      long timeoutMs, ScriptSource<Arrival> source) {
    return IdleAwareSource.of(source, timeoutMs, new ScriptUnread(source.script));
  }

  @Override
  public Boundedness getBoundedness() {
    return boundedness;
  }

  @Override
  public SplitEnumerator<ScriptSplit, List<ScriptSplit>> createEnumerator(
      SplitEnumeratorContext<ScriptSplit> context) {
    List<ScriptSplit> splits = new ArrayList<>();
    for (int partition = 0; partition < script.partitions(); partition++) {
      splits.add(new ScriptSplit(partition, 0));
    }
    return new ScriptEnumerator(context, splits);
  }

  @Override
  public SplitEnumerator<ScriptSplit, List<ScriptSplit>> restoreEnumerator(
      SplitEnumeratorContext<ScriptSplit> context, List<ScriptSplit> unassigned) {
    return new ScriptEnumerator(context, unassigned);
  }

  @Override
  public SourceReader<T, ScriptSplit> createReader(SourceReaderContext context) {
    return new ScriptReader<>(script, boundedness == Boundedness.CONTINUOUS_UNBOUNDED, turn);
  }

  @Override
  public SimpleVersionedSerializer<ScriptSplit> getSplitSerializer() {
    return new SplitFormat();
  }

  @Override
  public SimpleVersionedSerializer<List<ScriptSplit>> getEnumeratorCheckpointSerializer() {
    return new SplitsFormat();
  }

  private static final class SplitFormat implements SimpleVersionedSerializer<ScriptSplit> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(ScriptSplit split) throws IOException {
      return new SplitsFormat().serialize(List.of(split));
    }

    @Override
    public ScriptSplit deserialize(int version, byte[] bytes) throws IOException {
      return new SplitsFormat().deserialize(version, bytes).get(0);
    }
  }

  private static final class SplitsFormat implements SimpleVersionedSerializer<List<ScriptSplit>> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(List<ScriptSplit> splits) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(splits.size());
      for (ScriptSplit split : splits) {
        out.writeInt(split.partition());
        out.writeLong(split.next());
      }
      return bytes.toByteArray();
    }

    @Override
    public List<ScriptSplit> deserialize(int version, byte[] bytes) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      List<ScriptSplit> splits = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        splits.add(new ScriptSplit(in.readInt(), in.readLong()));
      }
      return splits;
    }
  }
}
