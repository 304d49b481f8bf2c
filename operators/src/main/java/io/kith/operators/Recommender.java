package io.kith.operators;

import io.kith.model.Candidates;
import io.kith.model.NodeKey;
import io.kith.model.Recommendation;
import io.kith.state.KeyIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Merges what the Updaters say of a node's candidates into its list, and tells each prediction of
 * the last list that its source had. Goes by event time: all Updaters have spoken of the lists
 * after a window when a later one is closed, and so they have of a later one's predictions; so at a
 * barrier nothing is held but the last lists. Lists leave by the main output.
 */
final class Recommender extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<ForRecommender, OutputRecord> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<OutputRecord> PREDICTIONS =
      new OutputTag<>("predictions", WireTypes.OUTPUT);

  /** The order of a list. */
  static final Comparator<Recommendation.Item> BEST =
      Comparator.comparingDouble(
              (Recommendation.Item item) -> Candidates.weight(item.score(), item.origin()))
          .reversed()
          .thenComparingLong(item -> Long.parseLong(item.targetKey()));

  private final JobSettings settings;
  private final Windows windows;
  private final TreeMap<Long, Moment> moments = new TreeMap<>();
  private LastLists last;
  private LastListState state;
  private OutputJson json;
  private String modelVersion;
  private long open = Windows.NONE_CLOSED;

  /** What is to be done before a window is applied, in this order, and of its predictions. */
  private static final class Moment {
    final List<Forgets> forgets = new ArrayList<>();

    /** Lists after the window before. */
    final TreeMap<Long, List<ScoredCandidates>> lists = new TreeMap<>();

    final List<Predicted> predictions = new ArrayList<>();
  }

  Recommender(StreamOperatorParameters<OutputRecord> parameters, JobSettings settings) {
    super(parameters);
    this.settings = settings;
    this.windows = settings.windows();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    last = new LastLists(settings.keyGroups(), settings.retention().quota(settings.keyGroups()));
    state = new LastListState(getKeyedStateBackend(), settings.keyGroups(), last);
    state.initialize(subtask());
  }

  private int subtask() {
    return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
  }

  @Override
  public void open() throws Exception {
    super.open();
    json = new OutputJson(settings.format(), settings.weights(), 0);
    modelVersion = settings.weights().version();
    getMetricGroup().gauge("lastLists", last::size);
  }

  @Override
  public void processElement(StreamRecord<ForRecommender> element) {
    ForRecommender value = element.getValue();
    if (value instanceof Forgets forgets) {
      moment(forgets.window()).forgets.add(forgets);
      emit(); // at once, where all before it is closed already
    } else if (value instanceof ScoredCandidates scored) {
      moment(scored.window() + 1)
          .lists
          .computeIfAbsent(scored.nodeKey(), key -> new ArrayList<>())
          .add(scored);
    } else if (value instanceof Predicted predicted) {
      moment(predicted.window()).predictions.add(predicted);
    }
  }

  private Moment moment(long window) {
    return moments.computeIfAbsent(window, w -> new Moment());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    open = windows.firstOpen(mark.getTimestamp());
    emit();
    super.processWatermark(mark);
  }

  /** In the order of event time, as far as all Updaters have spoken. */
  private void emit() {
    while (!moments.isEmpty() && moments.firstKey() <= open) {
      long window = moments.firstKey();
      Moment moment = moments.firstEntry().getValue();
      moment.forgets.forEach(this::forget);
      moment.forgets.clear();
      if (window < open) {
        moment.lists.values().forEach(parts -> emit(window - 1, parts));
        moment.predictions.forEach(this::emit);
      } else if (!moment.lists.isEmpty() || !moment.predictions.isEmpty()) {
        return;
      }
      moments.remove(window);
    }
  }

  private void forget(Forgets forgets) {
    KeyIndex keys = new KeyIndex();
    forgets.nodes().forEach(node -> keys.add(NodeKey.of(node)));
    last.forget(keys);
    long before = Math.max(0, windows.closingAllBefore(forgets.window()));
    for (String node : forgets.nodes()) {
      if (settings.keyGroups().subtaskOf(NodeKey.of(node)) == subtask()) {
        output.collect(new StreamRecord<>(OutputRecord.forgotten(node, before), before));
      }
    }
  }

  private void emit(long window, List<ScoredCandidates> parts) {
    long end = windows.start(window + 1);
    ScoredCandidates first = parts.get(0);
    List<Recommendation.Item> items = new ArrayList<>();
    parts.forEach(part -> items.addAll(part.items()));
    items.sort(BEST);
    int k = settings.whoNext().k();
    Recommendation list =
        new Recommendation(
            first.node(),
            Long.toString(first.nodeKey()),
            window,
            end,
            modelVersion,
            items.subList(0, Math.min(k, items.size())));
    last.made(
        first.nodeKey(),
        window,
        k,
        list.recommendations().stream()
            .mapToLong(item -> Long.parseLong(item.targetKey()))
            .toArray());
    output.collect(new StreamRecord<>(json.recommendation(list), end));
  }

  private void emit(Predicted predicted) {
    OutputRecord record =
        json.withLastList(
            predicted.record(), last.of(predicted.sourceKey(), predicted.targetKey()));
    output.collect(PREDICTIONS, new StreamRecord<>(record, record.timestamp()));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    if (!moments.isEmpty()) {
      throw new IllegalStateException(
          "lists or predictions held at a barrier: checkpoint=%d, windows=%s"
              .formatted(context.getCheckpointId(), moments.keySet()));
    }
    state.save();
    super.snapshotState(context);
  }
}
