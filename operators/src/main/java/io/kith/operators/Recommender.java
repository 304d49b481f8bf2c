package io.kith.operators;

import io.kith.model.Candidates;
import io.kith.model.Recommendation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Merges what the Updaters say of a node's candidates into its list. All have spoken of a window
 * when a later one is closed; so at a barrier nothing is held.
 */
final class Recommender extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<ScoredCandidates, OutputRecord> {
  private static final long serialVersionUID = 1L;

  private static final Comparator<Recommendation.Item> BEST =
      Comparator.comparingDouble(
              (Recommendation.Item item) -> Candidates.weight(item.score(), item.origin()))
          .reversed()
          .thenComparingLong(item -> Long.parseLong(item.targetKey()));

  private final JobSettings settings;
  private final Windows windows;
  private final TreeMap<Long, TreeMap<Long, List<ScoredCandidates>>> byWindow = new TreeMap<>();
  private final TreeMap<Long, List<ScoredCandidates>> forgotten = new TreeMap<>();
  private OutputJson json;
  private String modelVersion;
  private long open = Windows.NONE_CLOSED;

  Recommender(StreamOperatorParameters<OutputRecord> parameters, JobSettings settings) {
    super(parameters);
    this.settings = settings;
    this.windows = settings.windows();
  }

  @Override
  public void open() throws Exception {
    super.open();
    json = new OutputJson(settings.format(), settings.weights(), 0);
    modelVersion = settings.weights().version();
  }

  @Override
  public void processElement(StreamRecord<ScoredCandidates> element) {
    ScoredCandidates scored = element.getValue();
    if (scored.forgotten()) {
      forgotten.computeIfAbsent(scored.window(), window -> new ArrayList<>()).add(scored);
      emit(); // at once, where all before it is closed already
    } else {
      byWindow
          .computeIfAbsent(scored.window(), window -> new TreeMap<>())
          .computeIfAbsent(scored.nodeKey(), key -> new ArrayList<>())
          .add(scored);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    open = windows.firstOpen(mark.getTimestamp());
    emit();
    super.processWatermark(mark);
  }

  /** In the order of event time: a node is forgotten before its window and after all others. */
  private void emit() {
    while (true) {
      long list = byWindow.isEmpty() ? Long.MAX_VALUE : byWindow.firstKey();
      long forget = forgotten.isEmpty() ? Long.MAX_VALUE : forgotten.firstKey();
      boolean complete = list != Long.MAX_VALUE && list + 1 < open;
      if (forget <= open && forget != Long.MAX_VALUE && (forget <= list || !complete)) {
        forgotten.pollFirstEntry().getValue().forEach(this::emitForgotten);
      } else if (complete) {
        Map.Entry<Long, TreeMap<Long, List<ScoredCandidates>>> window = byWindow.pollFirstEntry();
        window.getValue().values().forEach(node -> emit(window.getKey(), node));
      } else {
        return;
      }
    }
  }

  private void emitForgotten(ScoredCandidates node) {
    long before = Math.max(0, windows.closingAllBefore(node.window()));
    output.collect(new StreamRecord<>(OutputRecord.forgotten(node.node(), before), before));
  }

  private void emit(long window, List<ScoredCandidates> node) {
    long end = windows.start(window + 1);
    ScoredCandidates first = node.get(0);
    List<Recommendation.Item> items = new ArrayList<>();
    node.forEach(part -> items.addAll(part.items()));
    items.sort(BEST);
    Recommendation list =
        new Recommendation(
            first.node(),
            Long.toString(first.nodeKey()),
            window,
            end,
            modelVersion,
            items.subList(0, Math.min(settings.whoNext().k(), items.size())));
    output.collect(new StreamRecord<>(json.recommendation(list), end));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    if (!byWindow.isEmpty() || !forgotten.isEmpty()) {
      throw new IllegalStateException(
          "candidates held at a barrier: checkpoint=%d, windows=%s, forgets=%s"
              .formatted(context.getCheckpointId(), byWindow.keySet(), forgotten.keySet()));
    }
    super.snapshotState(context);
  }
}
