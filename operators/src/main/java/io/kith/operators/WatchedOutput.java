package io.kith.operators;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * What a reader writes to: passes all on, and sees by it which splits are silent. Silence is
 * counted from the first review that finds no record since the one before, so that a record costs
 * no look at the clock. Not safe for concurrent use.
 */
final class WatchedOutput<S extends SourceSplit> implements ReaderOutput<Arrival> {
  private final long timeoutNanos;
  private final Question<S> question;
  private final Map<String, Split> splits = new LinkedHashMap<>();
  private ReaderOutput<Arrival> output;
  private boolean idle;

  /** Asks whether a split has anything unread from an offset on; never fails. */
  @FunctionalInterface
  interface Question<S> {
    CompletableFuture<Boolean> ask(S split, long next);
  }

  WatchedOutput(long timeoutNanos, Question<S> question) {
    this.timeoutNanos = timeoutNanos;
    this.question = question;
  }

  /** Where all goes from now on. */
  void onto(ReaderOutput<Arrival> output) {
    this.output = output;
  }

  void add(List<S> added) {
    for (S split : added) {
      splits.put(split.splitId(), new Split(split));
    }
  }

  boolean isWithoutSplits() {
    return splits.isEmpty();
  }

  /** Marks what is idle, and asks about what may be; without splits all is idle. */
  void review(long now) {
    boolean all = true;
    for (Split split : splits.values()) {
      all &= split.review(now);
    }
    if (all) {
      idle = true;
      output.markIdle(); // again and again, as a split is
    }
  }

  /** Also to be called before the end: Flink drops the last watermark of whoever is idle. */
  void wake() {
    if (idle) {
      idle = false;
      output.markActive();
    }
  }

  @Override
  public SourceOutput<Arrival> createOutputForSplit(String id) {
    return splits.get(id);
  }

  @Override
  public void releaseOutputForSplit(String id) {
    splits.remove(id);
    output.releaseOutputForSplit(id);
  }

  @Override
  public void collect(Arrival arrival) {
    throw new IllegalStateException("arrival of no split: origin=" + arrival.origin());
  }

  @Override
  public void collect(Arrival arrival, long timestamp) {
    collect(arrival);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    output.emitWatermark(watermark);
  }

  @Override
  public void markIdle() {
    output.markIdle();
  }

  @Override
  public void markActive() {
    output.markActive();
  }

  /** One split: what came last, and since when nothing has. */
  private final class Split implements SourceOutput<Arrival> {
    private final S split;
    private long next = UnreadProbe.FROM_START;
    private boolean moved = true;
    private long silentSince;
    private boolean silent;
    private long asked;
    private CompletableFuture<Boolean> answer;

    Split(S split) {
      this.split = split;
    }

    private SourceOutput<Arrival> target() {
      return output.createOutputForSplit(split.splitId());
    }

    /**
     * True where it is idle. One that was idle before is marked again: Flink takes a split for
     * active when the watermark of its last records comes, up to a watermark interval after them.
     */
    boolean review(long now) {
      if (silent) {
        markIdle();
        return true;
      }
      if (moved) {
        moved = false;
        silentSince = now;
      } else if (answer != null) {
        if (answer.isDone()) {
          take(answer.join(), now);
        }
      } else if (now - silentSince >= timeoutNanos) {
        asked = next;
        answer = question.ask(split, next);
      }
      return silent;
    }

    private void take(boolean unread, long now) {
      answer = null;
      if (unread) {
        silentSince = now;
      } else if (asked == next) {
        silent = true;
        markIdle();
      }
    }

    private void arrived(Arrival arrival) {
      if (silent) {
        silent = false;
        target().markActive();
      }
      wake();
      next = arrival.origin().offset() + 1;
      moved = true;
    }

    @Override
    public void collect(Arrival arrival) {
      arrived(arrival);
      target().collect(arrival);
    }

    @Override
    public void collect(Arrival arrival, long timestamp) {
      arrived(arrival);
      target().collect(arrival, timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      target().emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      target().markIdle();
    }

    @Override
    public void markActive() {
      target().markActive();
    }
  }
}
