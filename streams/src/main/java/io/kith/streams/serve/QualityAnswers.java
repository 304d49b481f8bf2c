package io.kith.streams.serve;

import io.kith.streams.KithSerdes;
import io.kith.streams.Quality;
import io.kith.streams.QualityAlert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on the quality of the predictions, from the copies of the quality and alerts topics. Any
 * thread.
 */
final class QualityAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(QualityAnswers.class);
  private static final String TOTAL = "total";

  /** A copy of a topic, by key. */
  interface Copy extends Supplier<ReadOnlyKeyValueStore<String, byte[]>> {}

  /**
   * What is served of the quality topic.
   *
   * @param total over everything; null before the first figures
   * @param windows the newest first
   */
  record QualityFigures(Quality total, List<Quality> windows) {}

  /**
   * What is served of the alerts topic.
   *
   * @param alerts the newest first; that one says how things stand
   */
  record Alerts(List<QualityAlert> alerts) {}

  private final Copy qualities;
  private final Copy alerts;
  private final Deserializer<Quality> quality = KithSerdes.quality().deserializer();
  private final Deserializer<QualityAlert> alert = KithSerdes.alert().deserializer();

  QualityAnswers(Copy qualities, Copy alerts) {
    this.qualities = qualities;
    this.alerts = alerts;
  }

  /** The total and the newest windows. */
  Reply quality(int limit) {
    List<Quality> windows = all(qualities, quality);
    windows.removeIf(each -> each.windowEnd() == null);
    windows.sort(Comparator.comparing(Quality::windowStart).reversed());
    return Reply.ok(
        new QualityFigures(total(), windows.subList(0, Math.min(limit, windows.size()))), null);
  }

  /** The newest alerts. */
  Reply alerts(int limit) {
    List<QualityAlert> all = all(alerts, alert);
    all.sort(Comparator.comparing(QualityAlert::to).reversed());
    return Reply.ok(new Alerts(all.subList(0, Math.min(limit, all.size()))), null);
  }

  /** Null before the first figures. */
  Quality total() {
    return one(qualities, TOTAL, quality);
  }

  /** Null before the first figures. */
  Quality newestWindow() {
    return one(qualities, greatestKey(qualities), quality);
  }

  /** Null before the first. */
  QualityAlert newestAlert() {
    return one(alerts, greatestKey(alerts), alert);
  }

  /** The greatest of the keys that are times; null where there is none. */
  private static String greatestKey(Copy copy) {
    return read(
        copy,
        store -> {
          Long greatest = null;
          try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
              String key = all.next().key;
              if (key.matches("-?\\d{1,18}")) {
                long time = Long.parseLong(key);
                greatest = greatest == null ? (Long) time : (Long) Math.max(greatest, time);
              }
            }
          }
          return greatest == null ? null : greatest.toString();
        });
  }

  private static <T> T one(Copy copy, String key, Deserializer<T> json) {
    return key == null
        ? null
        : read(copy, store -> parsed(KeyValue.pair(key, store.get(key)), json));
  }

  private static <T> List<T> all(Copy copy, Deserializer<T> json) {
    return read(
        copy,
        store -> {
          List<T> values = new ArrayList<>();
          try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
              T value = parsed(all.next(), json);
              if (value != null) {
                values.add(value);
              }
            }
          }
          return values;
        });
  }

  private interface Reading<T> {
    T of(ReadOnlyKeyValueStore<String, byte[]> store);
  }

  private static <T> T read(Copy copy, Reading<T> reading) {
    try {
      return reading.of(copy.get());
    } catch (InvalidStateStoreException e) {
      throw ProblemException.unavailable(
          "the quality topic is being read, ask again shortly: " + e.getMessage(), List.of());
    }
  }

  /** Null for a record that cannot be read: the others are served all the same. */
  private static <T> T parsed(KeyValue<String, byte[]> entry, Deserializer<T> json) {
    try {
      return json.deserialize(ServeApp.QUALITY, entry.value);
    } catch (SerializationException e) {
      LOG.warn("quality record skipped, {}: key={}", e.getMessage(), entry.key);
      return null;
    }
  }
}
