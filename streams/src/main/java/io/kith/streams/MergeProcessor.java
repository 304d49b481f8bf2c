package io.kith.streams;

import java.util.Optional;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Adds up what the partitions say of a window or of the total, and sends on its figures. */
final class MergeProcessor implements Processor<String, PartitionSums, String, Quality> {
  static final String STORE = "quality-merged";

  private final QualitySettings settings;
  private final KeptWindows windows;
  private ProcessorContext<String, Quality> context;
  private KeyValueStore<String, MergedSums> merged;
  private Sensor late;

  MergeProcessor(QualitySettings settings) {
    this.settings = settings;
    this.windows = new KeptWindows(settings.keepWindows());
  }

  @Override
  public void init(ProcessorContext<String, Quality> context) {
    this.context = context;
    merged = context.getStateStore(STORE);
    late =
        context
            .metrics()
            .addRateTotalSensor(
                "quality", context.taskId().toString(), "late-sums", Sensor.RecordingLevel.INFO);
    try (KeyValueIterator<String, MergedSums> stored = merged.all()) {
      while (stored.hasNext()) {
        QualityKey.window(stored.next().key).ifPresent(windows::keep);
      }
    }
  }

  @Override
  public void process(Record<String, PartitionSums> record) {
    Optional<Long> window = QualityKey.window(record.key());
    if (window.isPresent()) {
      if (windows.isGone(window.get())) {
        // The other partitions' part is gone: figures without it would replace better ones.
        late.record();
        return;
      }
      windows.keep(window.get()).ifPresent(gone -> merged.delete(QualityKey.of(gone)));
    }
    MergedSums before = merged.get(record.key());
    MergedSums after = (before == null ? MergedSums.NONE : before).with(record.value());
    merged.put(record.key(), after);
    context.forward(record.withValue(figures(window, after.total())));
  }

  private Quality figures(Optional<Long> window, QualitySums sums) {
    if (window.isPresent()) {
      return sums.toQuality(window.get(), window.get() + settings.windowLength().toMillis());
    }
    return sums.toQuality(settings.from().isEmpty() ? null : settings.from().getAsLong(), null);
  }
}
