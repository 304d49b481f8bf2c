package io.kith.streams;

import io.kith.streams.QualityAlert.Status;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Says when the model falls behind the recency rule over a span of windows, and when it has caught
 * up. Each window is judged once, with those before it in the span, when every partition has gone
 * beyond it: so the judgement does not depend on how fast partitions are read. A partition that has
 * been silent for a span is not waited for. What comes later is too late to be judged. One thread.
 */
final class AlertProcessor implements Processor<String, Quality, String, QualityAlert> {
  static final String STORE = "quality-alerts";
  private static final String STATE = "recency";

  private final QualitySettings settings;
  private final long length;
  private final TreeSet<Long> pending = new TreeSet<>();
  private final TreeMap<Integer, Long> newestOf = new TreeMap<>();
  private ProcessorContext<String, QualityAlert> context;
  private KeyValueStore<String, MergedSums> merged;
  private KeyValueStore<String, AlertState> states;
  private AlertState state;

  AlertProcessor(QualitySettings settings) {
    this.settings = settings;
    this.length = settings.windowLength().toMillis();
  }

  @Override
  public void init(ProcessorContext<String, QualityAlert> context) {
    this.context = context;
    merged = context.getStateStore(MergeProcessor.STORE);
    states = context.getStateStore(STORE);
    AlertState stored = states.get(STATE);
    state = stored == null ? AlertState.NONE : stored;
    try (KeyValueIterator<String, MergedSums> all = merged.all()) {
      while (all.hasNext()) {
        var entry = all.next();
        QualityKey.window(entry.key)
            .ifPresent(start -> note(start, entry.value.byPartition().keySet()));
      }
    }
  }

  @Override
  public void process(Record<String, Quality> record) {
    Optional<Long> window = QualityKey.window(record.key());
    if (settings.alertWindows() == 0 || window.isEmpty()) {
      return;
    }
    note(window.get(), merged.get(record.key()).byPartition().keySet());
    long open = firstOpen();
    while (!pending.isEmpty() && pending.first() < open) {
      judge(pending.pollFirst());
    }
  }

  private void note(long start, Collection<Integer> partitions) {
    if (start > state.judgedThrough()) {
      pending.add(start);
    }
    partitions.forEach(partition -> newestOf.merge(partition, start, Math::max));
  }

  /**
   * Start of the first window into which a partition that is waited for may still put something.
   */
  private long firstOpen() {
    long newest = newestOf.values().stream().mapToLong(start -> start).max().orElseThrow();
    return newestOf.values().stream()
        .mapToLong(start -> start)
        .filter(start -> start > newest - span())
        .min()
        .orElseThrow();
  }

  private long span() {
    return settings.alertWindows() * length;
  }

  private void judge(long last) {
    long to = last + length;
    QualitySums sums = QualitySums.NONE;
    for (long start = to - span(); start <= last; start += length) {
      MergedSums window = merged.get(QualityKey.of(start));
      sums = window == null ? sums : sums.plus(window.total());
    }
    boolean behind = state.behind();
    if (sums.ranked() >= settings.alertRanked()) {
      behind = sums.model().reciprocalRanks() < sums.recency().reciprocalRanks();
    }
    if (behind != state.behind()) {
      context.forward(
          new Record<>(Long.toString(to), alert(behind, to, sums), QualityApp.time(to)));
    }
    state = new AlertState(last, behind);
    states.put(STATE, state);
  }

  private QualityAlert alert(boolean behind, long to, QualitySums sums) {
    return new QualityAlert(
        behind ? Status.BEHIND : Status.CAUGHT_UP,
        to - span(),
        to,
        sums.ranked(),
        sums.model().figures(sums.ranked()).mrr(),
        sums.recency().figures(sums.ranked()).mrr(),
        sums.modelVersion());
  }
}
