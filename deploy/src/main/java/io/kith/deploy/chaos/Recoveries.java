package io.kith.deploy.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How long after each kill the job ran again, by what was killed. */
final class Recoveries {
  private final Map<Victim, List<Double>> seconds = new EnumMap<>(Victim.class);

  void add(Victim victim, double after) {
    seconds.computeIfAbsent(victim, v -> new ArrayList<>()).add(after);
  }

  /** For instance "task manager 3.1 / 5.0 s (12)": median, longest, how many. */
  String text() {
    return seconds.entrySet().stream()
        .map(
            entry -> {
              List<Double> sorted = entry.getValue().stream().sorted().toList();
              return "%s %.1f / %.1f s (%d)"
                  .formatted(
                      entry.getKey(),
                      (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2,
                      sorted.get(sorted.size() - 1),
                      sorted.size());
            })
        .collect(Collectors.joining(", "));
  }
}
