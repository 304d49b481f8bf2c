package io.kith.streams.intake;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Knows which events of a task were accepted, by their id and event time. An event is a copy where
 * one of its topic with the same id was accepted whose event time is at most a window away. Ids are
 * kept until the newest event time is more than two windows ahead of theirs; so the store is
 * bounded, and what is at most a window late is judged by all there was.
 *
 * <p>With each id the place of its event is kept. After a crash without exactly-once the store may
 * be ahead of what was sent: an event that finds only itself is no copy, and is sent again.
 *
 * <p>One thread.
 */
final class Duplicates {
  private final WindowStore<String, byte[]> accepted;
  private final long windowMs;
  private long newest = Long.MIN_VALUE;

  /**
   * @param accepted keeps entries for {@link #retentionMs}
   */
  Duplicates(WindowStore<String, byte[]> accepted, long windowMs) {
    this.accepted = accepted;
    this.windowMs = windowMs;
  }

  /** How long ids must be kept, ms of event time. */
  static long retentionMs(long windowMs) {
    return 2 * windowMs + 1;
  }

  /** True for a copy; an event that is none is remembered. */
  boolean isCopy(String id, long timestamp, RecordMetadata origin) {
    newest = Math.max(newest, timestamp);
    if (timestamp <= newest - retentionMs(windowMs)) {
      // Its time is no longer kept; the store would say so in the log each time.
      return false;
    }
    // Ids of two topics may count from 1 each.
    String key = origin.topic() + '\0' + id;
    byte[] place = place(origin);
    try (WindowStoreIterator<byte[]> near =
        accepted.fetch(key, Math.max(0, timestamp - windowMs), timestamp + windowMs)) {
      while (near.hasNext()) {
        if (!Arrays.equals(near.next().value, place)) {
          return true;
        }
      }
    }
    accepted.put(key, place, timestamp);
    return false;
  }

  private static byte[] place(RecordMetadata origin) {
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
        .putInt(origin.partition())
        .putLong(origin.offset())
        .array();
  }
}
