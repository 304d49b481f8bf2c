package io.kith.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.kith.model.Interaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.testutils.ManuallyTriggeredScheduledExecutorService;
import org.junit.jupiter.api.Test;

class IdleAwareReaderTest {
  private static final long TIMEOUT_MS = 1_000;

  private final ManuallyTriggeredScheduledExecutorService background =
      new ManuallyTriggeredScheduledExecutorService();
  private final Delegate delegate = new Delegate();
  private final Probe probe = new Probe();
  private final SaidOutput output = new SaidOutput();
  private long nanos;
  private final IdleAwareReader<ScriptSplit> reader =
      new IdleAwareReader<>(delegate, probe, background, TIMEOUT_MS, () -> nanos);

  @Test
  void aPartitionIsIdleWhenItIsSilentAndHasNothingUnread() throws Exception {
    start(0, 1);
    delegate.give(0, 7);
    reader.pollNext(output);
    look(0);

    // Partition 1 has 3 arrivals that the reader has not come to: silence alone does not count.
    probe.unread.put(1, 3L);
    look(TIMEOUT_MS);
    assertThat(probe.asked).containsExactly("0 from 8", "1 from -1");
    look(0);
    assertThat(output.said()).containsExactly("0: offset 7", "0: idle");

    delegate.give(1, 2);
    reader.pollNext(output);
    look(0);
    look(TIMEOUT_MS);
    look(0);
    assertThat(output.said()).endsWith("1: offset 2", "1: idle", "all: idle");

    // Whoever speaks again is active before the record is out.
    delegate.give(0, 8);
    reader.pollNext(output);
    assertThat(output.said()).endsWith("0: active", "all: active", "0: offset 8");
  }

  @Test
  void anAnswerFromBeforeARecordDoesNotCount() throws Exception {
    start(0);
    look(0);
    nanos += TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
    background.triggerPeriodicScheduledTasks();
    reader.pollNext(output);
    assertThat(background.numQueuedRunnables()).as("questions under way").isEqualTo(1);
    delegate.give(0, 0);
    reader.pollNext(output);
    background.triggerAll();
    look(0);
    look(0);

    assertThat(probe.asked).containsExactly("0 from -1");
    assertThat(output.said()).containsExactly("0: offset 0");
  }

  @Test
  void inDoubtAPartitionIsNotIdleAndIsAskedAgainAfterTheTimeout() throws Exception {
    probe.failure = new IllegalStateException("broker=away");
    start(0);
    look(0);
    look(TIMEOUT_MS);
    look(0);
    look(TIMEOUT_MS - 1);
    assertThat(probe.asked).hasSize(1);
    probe.failure = null;
    look(1);
    look(0);

    assertThat(probe.asked).hasSize(2);
    assertThat(output.said()).containsExactly("0: idle", "all: idle");
  }

  @Test
  void aReaderWithoutPartitionsIsIdleOnceAllAreDealt() throws Exception {
    reader.start();
    look(0);
    look(TIMEOUT_MS);
    assertThat(output.said()).isEmpty();

    reader.handleSourceEvents(AllDealt.EVENT);
    reader.pollNext(output);
    assertThat(output.said()).containsExactly("all: idle");
    assertThat(delegate.calls).doesNotContain("event");
  }

  @Test
  void soItIsWhereNoPartitionIsEverIdle() throws Exception {
    IdleAwareReader<ScriptSplit> never =
        new IdleAwareReader<>(delegate, probe, background, 0, () -> nanos);
    never.start();
    never.handleSourceEvents(AllDealt.EVENT);
    never.pollNext(output);
    assertThat(output.said()).containsExactly("all: idle");
  }

  /** Flink would drop its last watermark, and what waits for that would never be said. */
  @Test
  void whoIsIdleIsActiveAgainBeforeItEnds() throws Exception {
    start(0);
    look(0);
    look(TIMEOUT_MS);
    look(0);
    assertThat(output.said()).containsExactly("0: idle", "all: idle");

    delegate.ended = true;
    reader.pollNext(output);
    assertThat(output.said()).endsWith("all: active");
  }

  @Test
  void nothingIsReadBeforeAllAreDealt() throws Exception {
    reader.start();
    reader.addSplits(List.of(new ScriptSplit(0, 0)));
    delegate.give(0, 0);
    delegate.available.complete(null);
    CompletableFuture<Void> available = reader.isAvailable();
    assertThat(available).isNotDone();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(output.said()).isEmpty();

    reader.handleSourceEvents(AllDealt.EVENT);
    assertThat(available).isDone();
    reader.pollNext(output);
    assertThat(output.said()).containsExactly("0: offset 0");
  }

  @Test
  void ticksMakeASilentReaderAvailable() {
    start(0);
    CompletableFuture<Void> available = reader.isAvailable();
    assertThat(available).isNotDone();

    background.triggerPeriodicScheduledTasks();
    assertThat(available).isDone();

    delegate.available.complete(null);
    assertThat(reader.isAvailable()).isSameAs(delegate.available);
  }

  @Test
  void theReaderWithinIsToldEverything() throws Exception {
    start(0);
    reader.notifyNoMoreSplits();
    reader.handleSourceEvents(new SourceEvent() {});
    assertThat(reader.snapshotState(5)).containsExactly(new ScriptSplit(9, 9));
    reader.notifyCheckpointComplete(5);
    reader.notifyCheckpointAborted(6);
    reader.pauseOrResumeSplits(List.of("0"), List.of("1"));
    reader.close();

    assertThat(delegate.calls)
        .containsExactly(
            "start",
            "add [ScriptSplit[partition=0, next=0]]",
            "no more",
            "event",
            "snapshot 5",
            "complete 5",
            "aborted 6",
            "pause [0] resume [1]",
            "close");
    assertThat(probe.asked).containsExactly("close");
  }

  private void start(int... partitions) {
    reader.start();
    List<ScriptSplit> splits = new ArrayList<>();
    for (int partition : partitions) {
      splits.add(new ScriptSplit(partition, 0));
    }
    reader.addSplits(splits);
    reader.handleSourceEvents(AllDealt.EVENT);
  }

  /** Lets time pass, wakes the reader, and has its questions answered. */
  private void look(long millis) throws Exception {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    background.triggerPeriodicScheduledTasks();
    reader.pollNext(output);
    background.triggerAll();
  }

  private static final class Probe implements UnreadProbe<ScriptSplit> {
    final Map<Integer, Long> unread = new HashMap<>();
    final List<String> asked = new ArrayList<>();
    IllegalStateException failure;

    @Override
    public boolean unread(ScriptSplit split, long next) {
      asked.add(split.partition() + " from " + next);
      if (failure != null) {
        throw failure;
      }
      return Math.max(0, next) < unread.getOrDefault(split.partition(), 0L);
    }

    @Override
    public void close() {
      asked.add("close");
    }
  }

  private static final class Delegate implements SourceReader<Arrival, ScriptSplit> {
    final List<String> calls = new ArrayList<>();
    final CompletableFuture<Void> available = new CompletableFuture<>();
    private Arrival next;
    private boolean ended;

    void give(int partition, long offset) {
      next = Arrival.of(new Origin("e", partition, offset, 0), new Interaction("a", "b", 1));
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Arrival> output) {
      if (next != null) {
        output.createOutputForSplit(String.valueOf(next.origin().partition())).collect(next);
        next = null;
      }
      return ended ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public void start() {
      calls.add("start");
    }

    @Override
    public List<ScriptSplit> snapshotState(long checkpoint) {
      calls.add("snapshot " + checkpoint);
      return List.of(new ScriptSplit(9, 9));
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void addSplits(List<ScriptSplit> splits) {
      calls.add("add " + splits);
    }

    @Override
    public void notifyNoMoreSplits() {
      calls.add("no more");
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
      calls.add("event");
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      calls.add("complete " + checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) {
      calls.add("aborted " + checkpoint);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
      calls.add("pause " + pause + " resume " + resume);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
