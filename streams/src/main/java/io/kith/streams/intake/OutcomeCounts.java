package io.kith.streams.intake;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts of the process since its start, over all its tasks. Any thread. */
final class OutcomeCounts {
  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  OutcomeCounts() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  void add(Outcome outcome) {
    counts.get(outcome).increment();
  }

  long of(Outcome outcome) {
    return counts.get(outcome).sum();
  }

  long all() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** {@code read=3, accepted=2, refused=1, ...}. */
  @Override
  public String toString() {
    return Arrays.stream(Outcome.values())
        .map(outcome -> outcome.label() + "=" + of(outcome))
        .collect(Collectors.joining(", ", "read=" + all() + ", ", ""));
  }
}
