package io.kith.operators;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads as the reader within does, once all splits are dealt out, and marks splits as idle that
 * have been silent for the timeout and have nothing unread. A ticker makes itself available a few
 * times a timeout, so that a silent task looks. Called by the task's thread; only ticks and
 * questions run in the background.
 */
@SuppressWarnings("try") // close() throws what the reader within throws
final class IdleAwareReader<S extends SourceSplit> implements SourceReader<Arrival, S> {
  private static final Logger LOG = LoggerFactory.getLogger(IdleAwareReader.class);
  private static final int TICKS_A_TIMEOUT = 4;

  private final SourceReader<Arrival, S> reader;
  private final UnreadProbe<S> probe;
  private final ScheduledExecutorService background;
  private final long timeoutNanos;
  private final LongSupplier clock;
  private final Set<String> failures = new HashSet<>();
  private final WatchedOutput<S> watched;
  private final CompletableFuture<Void> dealt = new CompletableFuture<>();
  private volatile CompletableFuture<Void> tick = new CompletableFuture<>();
  private volatile boolean closed;

  /**
   * @param background of one thread; closed with the reader
   * @param timeoutMs 0 for no split ever idle; without splits all is idle even so
   * @param clock nanoseconds from any start
   */
  IdleAwareReader(
      SourceReader<Arrival, S> reader,
      UnreadProbe<S> probe,
      ScheduledExecutorService background,
      long timeoutMs,
      LongSupplier clock) {
    this.reader = reader;
    this.probe = probe;
    this.background = background;
    this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    this.clock = clock;
    this.watched = new WatchedOutput<>(timeoutNanos, this::ask);
  }

  @Override
  public void start() {
    reader.start();
    if (timeoutNanos == 0) {
      return;
    }
    long period = Math.max(TimeUnit.MILLISECONDS.toNanos(1), timeoutNanos / TICKS_A_TIMEOUT);
    ScheduledFuture<?> unused =
        background.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.NANOSECONDS);
  }

  private void tick() {
    tick.complete(null);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Arrival> output) throws Exception {
    if (!dealt.isDone()) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    watched.onto(output);
    if (tick.isDone() || watched.isWithoutSplits()) {
      // Before the look: an answer that comes during it makes a tick of its own.
      tick = new CompletableFuture<>();
      watched.review(clock.getAsLong());
    }
    InputStatus status = reader.pollNext(watched);
    if (status == InputStatus.END_OF_INPUT) {
      watched.wake();
    }
    return status;
  }

  private CompletableFuture<Boolean> ask(S split, long next) {
    CompletableFuture<Boolean> answer =
        CompletableFuture.supplyAsync(() -> unread(split, next), background);
    CompletableFuture<Void> unused = answer.thenRun(this::tick);
    return answer;
  }

  /** In doubt there is something unread. */
  private boolean unread(S split, long next) {
    try {
      return probe.unread(split, next);
    } catch (Exception e) {
      if (!closed && failures.add(e.getClass().getName())) {
        LOG.warn(
            "cannot tell whether anything is unread, so the partition is not idle:"
                + " partition={}, offset={}, cause={}",
            split.splitId(),
            next,
            e.toString(),
            e);
      }
      return true;
    }
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (!dealt.isDone()) {
      return dealt;
    }
    CompletableFuture<Void> read = reader.isAvailable();
    return read.isDone() ? read : CompletableFuture.anyOf(read, tick).thenAccept(either -> {});
  }

  @Override
  public void addSplits(List<S> splits) {
    watched.add(splits);
    reader.addSplits(splits);
  }

  @Override
  public void notifyNoMoreSplits() {
    reader.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event == AllDealt.EVENT) {
      dealt.complete(null);
    } else {
      reader.handleSourceEvents(event);
    }
  }

  @Override
  public List<S> snapshotState(long checkpoint) {
    return reader.snapshotState(checkpoint);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    reader.notifyCheckpointComplete(checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    reader.notifyCheckpointAborted(checkpoint);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    reader.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    closed = true;
    background.shutdown();
    try {
      reader.close();
    } finally {
      probe.close();
    }
  }
}
