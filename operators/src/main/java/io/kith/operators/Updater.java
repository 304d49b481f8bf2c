package io.kith.operators;

import io.kith.model.NodeKey;
import io.kith.model.Weights;
import io.kith.state.KeyIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Applies windows to the nodes it owns. A watermark reaches it when every Reader has sent all
 * before; then it runs the laps of the windows closed, in order, emits what they say, and publishes
 * how far it has got. It alone writes the nodes. Predictions leave by the main output, or with
 * lists of next partners by the Recommender.
 */
final class Updater extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<ForUpdater, OutputRecord> {
  private static final long serialVersionUID = 1L;
  private static final int SAMPLES = 1_000;
  private static final long NANOS_PER_US = 1_000;

  static final OutputTag<OutputRecord> EMBEDDINGS = new OutputTag<>("embeddings", WireTypes.OUTPUT);

  /** Scores of pairs that were only asked for. */
  static final OutputTag<OutputRecord> ANSWERS = new OutputTag<>("answers", WireTypes.OUTPUT);

  /** Candidates of nodes that want their next partners listed; with lists, predictions as well. */
  static final OutputTag<ForRecommender> FOR_RECOMMENDER =
      new OutputTag<>("for-recommender", WireTypes.FOR_RECOMMENDER);

  /** What there is to say to requests. */
  static final OutputTag<AnswerPart> ANSWER_PARTS =
      new OutputTag<>("answer-parts", WireTypes.ANSWER_PART);

  /** The integers of each changed record as a line of text, for who wants to compare. */
  static final OutputTag<OutputRecord> RECORDS = new OutputTag<>("records", WireTypes.OUTPUT);

  private final JobSettings settings;
  private final boolean tellRecords;
  private final Windows windows;
  private final Inboxes inboxes = new Inboxes();
  private SharedNodes shared;
  private RecordState records;
  private Lap lap;
  private LapOutput lapOutput;
  private NextPartners partners;
  private Inquiries inquiries;
  private PopularState popular;
  private final TreeMap<Long, List<PopularNodes>> popularByPeriod = new TreeMap<>();
  private Forgetter forgetter;
  private Histogram lapMicros;
  private Counter expired;
  private Counter evicted;
  private Counter forgotten;
  private long lastApplied = Long.MIN_VALUE;

  /**
   * @param tellRecords whether the integers of changed records are wanted
   */
  Updater(
      StreamOperatorParameters<OutputRecord> parameters,
      JobSettings settings,
      boolean tellRecords) {
    super(parameters);
    this.settings = settings;
    this.tellRecords = tellRecords;
    this.windows = settings.windows();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    Weights weights = settings.weights();
    shared = StoreFactory.acquire(getRuntimeContext(), getContainingTask(), settings);
    records =
        new RecordState(
            getKeyedStateBackend(),
            StoredRecord.layout(weights.sizes()),
            settings.windows(),
            settings.keyGroups());
    records.initialize(context.getOperatorStateStore(), subtask(), shared.nodes());
    lap = new Lap(weights, shared.nodes(), settings.predictions());
    PartnerScorer scorer = new PartnerScorer(weights, shared.nodes());
    partners = new NextPartners(scorer, shared.nodes(), windows, settings.whoNext().k());
    inquiries =
        new Inquiries(
            scorer, records::idOf, part -> output.collect(ANSWER_PARTS, new StreamRecord<>(part)));
    popular =
        new PopularState(getKeyedStateBackend(), settings.keyGroups(), subtask(), shared.popular());
    popular.initialize(context, settings.keyGroups());
    forgetter = new Forgetter(shared.nodes(), StoredRecord.layout(weights.sizes()));
    lapOutput = new LapOutput(output, settings, tellRecords, records, shared);
  }

  @Override
  public void open() throws Exception {
    super.open();
    shared.publish(SharedNodes.RESTORED);
    lapMicros =
        getMetricGroup().histogram("lapMicros", new DescriptiveStatisticsHistogram(SAMPLES));
    expired = getMetricGroup().counter("expired");
    evicted = getMetricGroup().counter("evicted");
    forgotten = getMetricGroup().counter("forgotten");
    getMetricGroup().gauge("nodes", () -> shared.nodes().store().size());
    getMetricGroup().gauge("bytesPerNode", () -> shared.nodes().store().bytesPerNode());
    getMetricGroup().gauge("storeLoad", () -> shared.nodes().store().load());
    getMetricGroup().gauge("windowLagMs", this::windowLag);
  }

  /** How long ago, by the clock, the last window applied has ended; 0 before the first. */
  private long windowLag() {
    return lastApplied == Long.MIN_VALUE || lastApplied == Long.MAX_VALUE
        ? 0
        : getProcessingTimeService().getCurrentProcessingTime() - lastApplied;
  }

  @Override
  public void processElement(StreamRecord<ForUpdater> element) {
    ForUpdater value = element.getValue();
    if (value instanceof Exchange exchange) {
      inboxes.of(exchange.half().window()).add(exchange.half(), exchange.ownerRecord());
    } else if (value instanceof Shortlist shortlist) {
      partners.add(shortlist);
    } else if (value instanceof PopularNodes nodes) {
      popularByPeriod.computeIfAbsent(nodes.period(), p -> new ArrayList<>()).add(nodes);
    } else if (value instanceof Forgets forgets) {
      forget(forgets);
    } else if (value instanceof Inquiry inquiry) {
      inquiries.add(inquiry);
      inquiries.answer(windows.firstOpen(lastApplied));
    }
  }

  /** At once: the Reader has seen all windows before applied, and reads none until this is done. */
  private void forget(Forgets forgets) {
    if (windows.firstOpen(lastApplied) < forgets.window()) {
      throw new IllegalStateException(
          "to be forgotten too early: window=%d, applied through=%d"
              .formatted(forgets.window(), lastApplied));
    }
    KeyIndex keys = new KeyIndex();
    forgets.nodes().forEach(node -> keys.add(NodeKey.of(node)));
    forgetter.forget(keys);
    shared.popular().forget(keys);
    long before = Math.max(0, windows.closingAllBefore(forgets.window()));
    for (String node : forgets.nodes()) {
      if (settings.keyGroups().subtaskOf(NodeKey.of(node)) == subtask()) {
        forgotten.inc();
        output.collect(
            EMBEDDINGS, new StreamRecord<>(OutputRecord.forgotten(node, before), before));
      }
    }
    if (settings.whoNext().on()) {
      output.collect(FOR_RECOMMENDER, new StreamRecord<>(forgets, before));
    }
    shared.swept();
  }

  private int subtask() {
    return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    long open = windows.firstOpen(mark.getTimestamp());
    while (runNext(open)) {
      // One after the other, in the order of event time.
    }
    if (open != Long.MAX_VALUE) { // the end of the input is not the end of time
      shared.nodes().expire(open);
    }
    expired.inc(shared.nodes().expired() - expired.getCount());
    evicted.inc(shared.nodes().evicted() - evicted.getCount());
    takePopular(open);
    lastApplied = mark.getTimestamp();
    shared.publish(mark.getTimestamp());
    super.processWatermark(mark);
  }

  /**
   * Runs the first of the windows before {@code open}, or makes lists after a window that comes
   * before it; false where there is none. Lists are complete when a later window is closed.
   */
  private boolean runNext(long open) {
    long window = inboxes.firstWindow();
    inquiries.answer(Math.min(open, window));
    long list = partners.firstWindow();
    if (list < window && list + 1 < open) {
      partners.runFirst(records::idOf, this::scored);
      return true;
    }
    if (window < open) {
      long start = System.nanoTime();
      Inbox inbox = inboxes.take(window);
      lap.run(window, inbox, lapOutput);
      inboxes.done(inbox);
      lapMicros.update((System.nanoTime() - start) / NANOS_PER_US);
      return true;
    }
    return false;
  }

  private void scored(ScoredCandidates best) {
    output.collect(FOR_RECOMMENDER, new StreamRecord<>(best, windows.start(best.window() + 1)));
  }

  /** Who is popular changes with the first window of a period. */
  private void takePopular(long open) {
    if (popularByPeriod.isEmpty()) {
      return;
    }
    boolean end = open == Long.MAX_VALUE;
    long period =
        end ? open : WhoNextSettings.period(open - 1, windows, settings.weights().sizes());
    while (!popularByPeriod.isEmpty() && popularByPeriod.firstKey() <= period) {
      popularByPeriod.pollFirstEntry().getValue().forEach(shared.popular()::said);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    if (!inboxes.isEmpty()
        || !partners.isEmpty()
        || !popularByPeriod.isEmpty()
        || !inquiries.isEmpty()) {
      throw new IllegalStateException(
          "exchange held at a barrier: checkpoint=%d, windows=%s, lists=%s, periods=%s, inquiries=%s"
              .formatted(
                  context.getCheckpointId(),
                  inboxes.windows(),
                  partners.firstWindow(),
                  popularByPeriod.keySet(),
                  !inquiries.isEmpty()));
    }
    records.save(shared.nodes());
    popular.save();
    super.snapshotState(context);
  }

  @Override
  public void close() throws Exception {
    if (shared != null) {
      shared.release();
      shared = null;
    }
    super.close();
  }
}
