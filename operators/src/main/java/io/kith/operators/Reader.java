package io.kith.operators;

import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
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
 * Holds the half-interactions of its nodes until their window closes. Then it sends each partner
 * the owner's record as it was before that window, and forwards the watermark. It knows all windows
 * that change its nodes, for it has sent their half-interactions itself; where the Updater beside
 * it has yet to apply one that changes a record it is to read, it waits for that. While it waits it
 * yields, so that its task stays alive and the source feels the back-pressure; barriers come after
 * whole windows, since a watermark is worked off before the next element is taken. It only reads
 * the nodes.
 *
 * <p>Nodes to be forgotten it holds likewise, until all windows before are applied, and then reads
 * nothing until the Updater has forgotten them. A question it passes on at once, with the records
 * after the windows that it has let be closed.
 */
final class Reader extends AbstractStreamOperator<ForUpdater>
    implements OneInputStreamOperator<ForReader, ForUpdater> {
  private static final long serialVersionUID = 1L;

  /** Half-interactions sent before the windows they belong to are forwarded: work for a while. */
  private static final int MOST_UNFORWARDED = 256;

  private final JobSettings settings;
  private final Windows windows;
  private final MailboxExecutor mailbox;
  private final HeldHalves held = new HeldHalves();
  private final HeldForgets forgets;

  /** Null where nodes expire or are evicted: then a window may remove any of them. */
  private final Unapplied unapplied;

  private SharedNodes shared;
  private int here;
  private Outbox outbox;
  private Shortlister shortlister;
  private Inquirer inquirer;
  private boolean resuming;
  private ToUpdaters updaters;
  private long forwarded = Long.MIN_VALUE;
  private int unforwarded;

  Reader(StreamOperatorParameters<ForUpdater> parameters, JobSettings settings) {
    super(parameters);
    this.settings = settings;
    this.windows = settings.windows();
    this.forgets = new HeldForgets(settings.keyGroups().parallelism());
    this.unapplied = settings.retention().isForGood() ? new Unapplied() : null;
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
    here = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    shared = StoreFactory.acquire(getRuntimeContext(), getContainingTask(), settings);
    shortlister = new Shortlister(settings, settings.weights().sizes(), here, shared);
    inquirer = new Inquirer(settings, settings.weights().sizes(), here, shared);
    for (KeyGroupStatePartitionStreamProvider group : context.getRawKeyedStateInputs()) {
      DataInputView in = new DataInputViewStreamWrapper(group.getStream());
      held.read(in);
      forgets.read(in);
      shortlister.read(in);
    }
    resuming = context.isRestored();
  }

  @Override
  public void open() throws Exception {
    super.open();
    shared.wakeBy(this::wake);
    outbox =
        new Outbox(
            shared.nodes(),
            settings.keyGroups(),
            here,
            new StoredRecord(StoredRecord.layout(settings.weights().sizes())));
    getMetricGroup().gauge("interactionsWaiting", held::size);
    getMetricGroup().gauge("forgetsWaiting", forgets::size);
    updaters = new ToUpdaters(output, here, getMetricGroup());
    getMetricGroup().gauge("listsSkipped", shortlister::skipped);
    getMetricGroup().gauge("listsWaiting", shortlister::waiting);
  }

  @Override
  public void processElement(StreamRecord<ForReader> element) throws InterruptedException {
    ForReader value = element.getValue();
    long open = windows.firstOpen(forwarded);
    if (value instanceof InWindow timed && timed.window() < open) {
      throw new IllegalStateException(
          "element for a closed window: window=%d, first open=%d".formatted(timed.window(), open));
    }
    if (value instanceof Half half) {
      held.add(half);
    } else if (value instanceof Forget forget) {
      forgets.add(forget);
      workOff(open); // at once, where all before it is closed already
    } else if (value instanceof Question question) {
      awaitApplied(forwarded); // and no more can be: so the records stand still
      inquirer.ask(question, open, updaters);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws InterruptedException {
    if (resuming) {
      shortlister.resume(windows.firstOpen(mark.getTimestamp()));
      resuming = false;
    }
    workOff(windows.firstOpen(mark.getTimestamp()));
    forward(mark.getTimestamp());
  }

  /** Sends what windows before {@code open} hold; a node is forgotten between two of them. */
  private void workOff(long open) throws InterruptedException {
    while (held.anyBefore(open) || forgets.anyThrough(open)) {
      boolean forget = forgets.anyThrough(held.anyBefore(open) ? held.firstWindow() : open);
      long window = forget ? forgets.firstWindow() : held.firstWindow();
      if (forget) {
        forwardAndAwait(windows.closingAllBefore(window));
        forget(window, forgets.takeFirst());
      } else {
        List<Half> halves = held.takeFirst();
        awaitRecords(window, halves);
        shortlister.send(window + 1, updaters);
        shortlister.sending(window, halves);
        outbox.send(halves, updaters);
        sent(window, halves);
        held.done(halves);
      }
    }
  }

  /** Waits until all that the window reads is in the store as it was before the window. */
  private void awaitRecords(long window, List<Half> halves) throws InterruptedException {
    long before = windows.closingAllBefore(window);
    if (unapplied == null) {
      forwardAndAwait(before);
      return;
    }
    awaitApplied(SharedNodes.RESTORED);
    if (shortlister.owes(window + 1)) {
      forwardAndAwait(windows.closingAllBefore(shortlister.lastWindow() + 1));
    }
    unapplied.applied(windows.firstOpen(shared.applied()));
    long last = Unapplied.NONE;
    for (Half half : halves) {
      if (settings.whoNext().on() || settings.keyGroups().subtaskOf(half.partner()) != here) {
        last = Math.max(last, unapplied.lastOf(half.owner()));
      }
    }
    if (last != Unapplied.NONE && shared.applied() < windows.closingAllBefore(last + 1)) {
      forward(before);
      awaitApplied(windows.closingAllBefore(last + 1));
    } else if (unforwarded > MOST_UNFORWARDED) {
      forward(before);
    }
  }

  private void sent(long window, List<Half> halves) {
    unforwarded += halves.size();
    if (unapplied != null) {
      for (Half half : halves) {
        if (!half.asked()) {
          unapplied.sent(half.owner(), window);
        }
      }
    }
  }

  /** Has the Updater beside it forget, and waits for that: it must not read sooner. */
  private void forget(long window, List<String> nodes) throws InterruptedException {
    int sweeps = shared.sweeps();
    output.collect(
        new StreamRecord<>(new Forgets(window, settings.keyGroups().keyOf(here), nodes)));
    Network.flush(getContainingTask());
    while (shared.sweeps() == sweeps) {
      mailbox.yield();
    }
  }

  private void forwardAndAwait(long watermark) throws InterruptedException {
    forward(watermark);
    awaitApplied(watermark);
  }

  /** Waits for the Updater beside it; in any case until that has restored the nodes. */
  private void awaitApplied(long watermark) throws InterruptedException {
    while (!shared.isApplied(Math.max(watermark, SharedNodes.RESTORED))) {
      mailbox.yield();
    }
  }

  /** Forwards a watermark, and before it what has to come between two of the windows it closes. */
  private void forward(long watermark) throws InterruptedException {
    long open = windows.firstOpen(watermark);
    if (shortlister.owesBefore(open)) {
      long last = windows.closingAllBefore(shortlister.lastWindow() + 1);
      emit(last);
      awaitApplied(last);
      shortlister.send(open, updaters);
    }
    emit(watermark);
  }

  private void emit(long watermark) {
    if (watermark > forwarded) {
      forwarded = watermark;
      unforwarded = 0;
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
    forgets.checkDecided();
    KeyedStateCheckpointOutputStream out = context.getRawKeyedOperatorStateOutput();
    Map<Integer, List<Half>> groups = held.byKeyGroup(settings.keyGroups());
    Map<Integer, List<String>> lists = shortlister.byKeyGroup();
    lists.keySet().forEach(group -> groups.putIfAbsent(group, List.of()));
    if (!forgets.isEmpty()) {
      settings.keyGroups().rangeOf(here).forEach(group -> groups.putIfAbsent(group, List.of()));
    }
    for (Map.Entry<Integer, List<Half>> group : groups.entrySet()) {
      out.startNewKeyGroup(group.getKey());
      DataOutputView view = new DataOutputViewStreamWrapper(out);
      HeldHalves.write(group.getValue(), view);
      forgets.write(view);
      shortlister.write(lists.getOrDefault(group.getKey(), List.of()), view);
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
