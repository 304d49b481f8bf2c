package io.kith.streams.intake;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How timestamps are written. */
enum TimestampUnit {
  SECONDS(TimeUnit.SECONDS),
  MILLISECONDS(TimeUnit.MILLISECONDS),
  MICROSECONDS(TimeUnit.MICROSECONDS),
  NANOSECONDS(TimeUnit.NANOSECONDS),
  /** Text with an offset, such as {@code 2004-04-15T07:56:49Z}. */
  ISO_8601(null);

  private final TimeUnit unit;

  TimestampUnit(TimeUnit unit) {
    this.unit = unit;
  }

  /** Whether timestamps are whole numbers. */
  boolean isNumber() {
    return unit != null;
  }

  /** A whole number of this unit in ms, rounded to 0; the greatest or least there is beyond it. */
  long toMillis(long number) {
    return unit.toMillis(number);
  }

  /** As settings write it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
