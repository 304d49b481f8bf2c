package io.kith.streams;

import io.kith.model.Prediction;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts the predictions of one partition, by window and in total, and sends on what has changed at
 * each publish interval of the wall clock. After a restart it sends everything once more: what had
 * changed but was not sent is then known again.
 */
final class TallyProcessor implements Processor<String, Prediction, String, PartitionSums> {
  static final String STORE = "quality-tallies";

  /** Predictions remembered for certain, in each partition: about 3 MB with the older ones. */
  private static final int REMEMBERED = 1 << 16;

  private final QualitySettings settings;
  private final RecentPredictions recent = new RecentPredictions(REMEMBERED);
  private final Set<String> changed = new LinkedHashSet<>();
  private final KeptWindows windows;
  private ProcessorContext<String, PartitionSums> context;
  private KeyValueStore<String, QualityTally> tallies;
  private Sensor late;

  TallyProcessor(QualitySettings settings) {
    this.settings = settings;
    this.windows = new KeptWindows(settings.keepWindows());
  }

  @Override
  public void init(ProcessorContext<String, PartitionSums> context) {
    this.context = context;
    tallies = context.getStateStore(STORE);
    late =
        context
            .metrics()
            .addRateTotalSensor(
                "quality", context.taskId().toString(), "late", Sensor.RecordingLevel.INFO);
    try (KeyValueIterator<String, QualityTally> stored = tallies.all()) {
      while (stored.hasNext()) {
        String key = stored.next().key;
        changed.add(key);
        QualityKey.window(key).ifPresent(windows::keep);
      }
    }
    context.schedule(
        settings.publishInterval(), PunctuationType.WALL_CLOCK_TIME, time -> publishChanged());
  }

  @Override
  public void process(Record<String, Prediction> record) {
    Prediction prediction = record.value();
    long offset = context.recordMetadata().orElseThrow().offset();
    boolean repeat = !recent.add(prediction);
    long window = settings.windowOf(prediction.timestamp());
    if (windows.isGone(window)) {
      late.record();
    } else {
      windows.keep(window).ifPresent(this::letGo);
      count(QualityKey.of(window), prediction, offset, repeat);
    }
    if (settings.from().isEmpty() || prediction.timestamp() >= settings.from().getAsLong()) {
      count(QualityKey.TOTAL, prediction, offset, repeat);
    }
  }

  private void count(String key, Prediction prediction, long offset, boolean repeat) {
    QualityTally tally = tallies.get(key);
    if (tally == null) {
      tally = new QualityTally();
    }
    if (tally.includes(offset)) {
      return;
    }
    if (repeat) {
      tally.addRepeat(offset);
    } else {
      tally.add(prediction, offset);
    }
    tallies.put(key, tally);
    changed.add(key);
  }

  private void letGo(long window) {
    String key = QualityKey.of(window);
    if (changed.remove(key)) {
      publish(key);
    }
    tallies.delete(key);
  }

  private void publishChanged() {
    changed.forEach(this::publish);
    changed.clear();
  }

  private void publish(String key) {
    QualitySums sums = tallies.get(key).sums();
    if (sums.predictions() > 0) {
      int partition = context.taskId().partition();
      context.forward(
          new Record<>(
              key, new PartitionSums(partition, sums), QualityApp.time(sums.lastTimestamp())));
    }
  }
}
