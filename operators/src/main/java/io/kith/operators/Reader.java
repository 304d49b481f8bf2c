package io.kith.operators;

import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Holds the half-interactions of its nodes until their window closes. Then it waits until the
 * Updater beside it has applied all before, sends each partner the owner's record as it stands, and
 * forwards the watermark. While it waits it yields, so that its task stays alive and the source
 * feels the back-pressure; barriers come after whole windows, since a watermark is worked off
 * before the next element is taken. It only reads the nodes.
 */
final class Reader extends AbstractStreamOperator<Exchange>
    implements OneInputStreamOperator<Half, Exchange> {
  private static final long serialVersionUID = 1L;

  private final JobSettings settings;
  private final Windows windows;
  private final MailboxExecutor mailbox;
  private final HeldHalves held = new HeldHalves();
  private SharedNodes shared;
  private Outbox outbox;
  private Counter recordBytes;
  private Counter crossing;
  private long forwarded = Long.MIN_VALUE;

  Reader(StreamOperatorParameters<Exchange> parameters, JobSettings settings) {
    super(parameters);
    this.settings = settings;
    this.windows = settings.windows();
    this.mailbox = parameters.getMailboxExecutor();
  }

  /** What is held is written by key group, in a format of its own. */
  @Override
  protected boolean isUsingCustomRawKeyedState() {
    return true;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    for (KeyGroupStatePartitionStreamProvider group : context.getRawKeyedStateInputs()) {
      held.read(new DataInputViewStreamWrapper(group.getStream()));
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    shared = StoreFactory.acquire(getRuntimeContext(), getContainingTask(), settings);
    shared.wakeBy(this::wake);
    outbox =
        new Outbox(
            shared.nodes(),
            settings.keyGroups(),
            subtask,
            new StoredRecord(StoredRecord.layout(settings.weights().sizes())));
    getMetricGroup().gauge("interactionsWaiting", held::size);
    recordBytes = getMetricGroup().counter("exchangeRecordBytes");
    crossing = getMetricGroup().counter("exchangesToOthers");
  }

  @Override
  public void processElement(StreamRecord<Half> element) {
    Half half = element.getValue();
    if (half.window() < windows.firstOpen(forwarded)) {
      throw new IllegalStateException(
          "interaction for a closed window: window=%d, first open=%d"
              .formatted(half.window(), windows.firstOpen(forwarded)));
    }
    held.add(half);
  }

  @Override
  public void processWatermark(Watermark mark) throws InterruptedException {
    long open = windows.firstOpen(mark.getTimestamp());
    while (held.anyBefore(open)) {
      long before = windows.closingAllBefore(held.firstWindow());
      forward(before);
      while (shared.applied() < before) {
        mailbox.yield();
      }
      List<Half> halves = held.takeFirst();
      outbox.send(halves, this::send);
    }
    forward(mark.getTimestamp());
  }

  private void send(Half half, int subtask, byte[] ownerRecord) {
    if (subtask != getRuntimeContext().getTaskInfo().getIndexOfThisSubtask()) {
      crossing.inc();
      recordBytes.inc(ownerRecord == null ? 0 : ownerRecord.length);
    }
    output.collect(new StreamRecord<>(new Exchange(half, ownerRecord)));
  }

  private void forward(long watermark) {
    if (watermark > forwarded) {
      forwarded = watermark;
      output.emitWatermark(new Watermark(watermark));
      Network.flush(getContainingTask());
    }
  }

  /** Gates never are idle: they close the windows of silent inputs themselves. */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    if (status.isIdle()) {
      throw new IllegalStateException("a gate is idle: status=" + status);
    }
  }

  /** Called from the Updater's thread. */
  private void wake() {
    try {
      mailbox.execute(() -> {}, "applied");
    } catch (RejectedExecutionException e) {
      // This task has ended; it waits for nothing any more.
      LOG.debug("Not woken, for it has ended.", e);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    KeyedStateCheckpointOutputStream out = context.getRawKeyedOperatorStateOutput();
    for (Map.Entry<Integer, List<Half>> group : held.byKeyGroup(settings.keyGroups()).entrySet()) {
      out.startNewKeyGroup(group.getKey());
      HeldHalves.write(group.getValue(), new DataOutputViewStreamWrapper(out));
    }
  }

  @Override
  public void close() throws Exception {
    if (shared != null) {
      shared.wakeBy(() -> {});
      shared.release();
      shared = null;
    }
    super.close();
  }
}
