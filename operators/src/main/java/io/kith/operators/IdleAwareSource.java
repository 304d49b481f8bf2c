package io.kith.operators;

import java.util.Set;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.watermark.WatermarkDeclaration;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source that reads none of its splits before all that there are have been dealt out: or those
 * that came late would find windows closed that hold for them. And whose splits are idle when they
 * have been silent for a while <em>and</em> have nothing unread. Flink's own idleness asks for the
 * first only. In a backlog a consumer empties what it has of one partition before it turns to the
 * next, and the partitions that wait for their turn would count as idle: the watermark would run
 * past records that are there.
 *
 * <p>Splits, state and their serializers are those of the source within.
 */
final class IdleAwareSource<S extends SourceSplit, E> implements Source<Arrival, S, E> {
  private static final long serialVersionUID = 1L;

  private final Source<Arrival, S, E> source;
  private final long timeoutMs;
  private final UnreadProbe.Maker<S> probes;

  private IdleAwareSource(
      Source<Arrival, S, E> source, long timeoutMs, UnreadProbe.Maker<S> probes) {
    this.source = source;
    this.timeoutMs = timeoutMs;
    this.probes = probes;
  }

  /**
   * Makes a source wait for all of its splits, and tell which of them are idle.
   *
   * @param timeoutMs least silence of an idle split; 0 for none ever idle
   */
  static <S extends SourceSplit, E> Source<Arrival, S, E> of(
      Source<Arrival, S, E> source, long timeoutMs, UnreadProbe.Maker<S> probes) {
    return new IdleAwareSource<>(source, timeoutMs, probes);
  }

  @Override
  public Boundedness getBoundedness() {
    return source.getBoundedness();
  }

  @Override
  public SourceReader<Arrival, S> createReader(SourceReaderContext context) throws Exception {
    return new IdleAwareReader<>(
        source.createReader(context),
        probes.open(),
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "unread-probe-" + context.getIndexOfSubtask());
              thread.setDaemon(true);
              return thread;
            }),
        timeoutMs,
        System::nanoTime);
  }

  @Override
  public SplitEnumerator<S, E> createEnumerator(SplitEnumeratorContext<S> context)
      throws Exception {
    DealingContext<S> dealing = new DealingContext<>(context);
    return new IdleAwareEnumerator<>(source.createEnumerator(dealing), dealing);
  }

  @Override
  public SplitEnumerator<S, E> restoreEnumerator(SplitEnumeratorContext<S> context, E state)
      throws Exception {
    DealingContext<S> dealing = new DealingContext<>(context);
    return new IdleAwareEnumerator<>(source.restoreEnumerator(dealing, state), dealing);
  }

  @Override
  public SimpleVersionedSerializer<S> getSplitSerializer() {
    return source.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<E> getEnumeratorCheckpointSerializer() {
    return source.getEnumeratorCheckpointSerializer();
  }

  @Override
  public Set<? extends WatermarkDeclaration> declareWatermarks() {
    return source.declareWatermarks();
  }
}
