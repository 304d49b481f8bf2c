package io.kith.streams.serve;

import io.kith.streams.KithSerdes;
import io.kith.streams.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers on the quality of the predictions, from the copy of the quality topic. Any thread. */
final class QualityAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(QualityAnswers.class);

  /**
   * What is served.
   *
   * @param total over everything; null before the first figures
   * @param windows the newest first
   */
  record QualityFigures(Quality total, List<Quality> windows) {}

  private final Supplier<ReadOnlyKeyValueStore<String, byte[]>> store;
  private final Deserializer<Quality> json = KithSerdes.quality().deserializer();

  QualityAnswers(Supplier<ReadOnlyKeyValueStore<String, byte[]>> store) {
    this.store = store;
  }

  /** The total and the newest windows. */
  Reply quality(int limit) {
    Quality total = null;
    List<Quality> windows = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.get().all()) {
      while (all.hasNext()) {
        Quality quality = read(all.next());
        if (quality != null && quality.windowEnd() == null) {
          total = quality;
        } else if (quality != null) {
          windows.add(quality);
        }
      }
    } catch (InvalidStateStoreException e) {
      throw ProblemException.unavailable(
          "the quality topic is being read, ask again shortly: " + e.getMessage(), List.of());
    }
    windows.sort(Comparator.comparing(Quality::windowStart).reversed());
    return Reply.ok(
        new QualityFigures(total, windows.subList(0, Math.min(limit, windows.size()))), null);
  }

  /** One figure of the newest window that has it; NaN where none has, or none can be read yet. */
  double newest(Function<Quality, Double> figure) {
    Quality newest = null;
    try (KeyValueIterator<String, byte[]> all = store.get().all()) {
      while (all.hasNext()) {
        Quality quality = read(all.next());
        if (quality != null
            && quality.windowEnd() != null
            && figure.apply(quality) != null
            && (newest == null || quality.windowEnd() > newest.windowEnd())) {
          newest = quality;
        }
      }
    } catch (InvalidStateStoreException e) {
      LOG.debug("the quality topic is being read, {}", e.getMessage());
    }
    return newest == null ? Double.NaN : figure.apply(newest);
  }

  /** Null for a record that cannot be read: the others are served all the same. */
  private Quality read(KeyValue<String, byte[]> entry) {
    try {
      return json.deserialize(ServeApp.QUALITY, entry.value);
    } catch (SerializationException e) {
      LOG.warn("quality record skipped, {}: key={}", e.getMessage(), entry.key);
      return null;
    }
  }
}
