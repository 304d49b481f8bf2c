package io.kith.streams;

import java.util.Optional;

/** Keys of the quality topic: the start of the window, ms, as a decimal string; or the total. */
final class QualityKey {
  static final String TOTAL = "total";

  private QualityKey() {}

  static String of(long windowStart) {
    return Long.toString(windowStart);
  }

  /** Start of the window, ms; empty for the total. */
  static Optional<Long> window(String key) {
    return key.equals(TOTAL) ? Optional.empty() : Optional.of(Long.valueOf(key));
  }
}
