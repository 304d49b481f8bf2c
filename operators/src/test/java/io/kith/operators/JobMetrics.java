package io.kith.operators;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.testutils.InMemoryReporter;

/** What a mini cluster reports of its jobs, also of those that have ended. */
final class JobMetrics {
  static final List<String> OPERATORS =
      List.of(
          "Intake",
          "SignalIntake",
          "RequestIntake",
          "Gate",
          "Reader",
          "Updater",
          "Recommender",
          "Answerer");

  private final InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();

  /** Has a cluster report here. */
  Configuration of(Configuration flink) {
    return reporter.addToConfiguration(flink);
  }

  /** The sum of a counter over an operator's subtasks. */
  long sum(JobID job, String operator, String counter) {
    return subtasks(job, operator, counter, Counter.class).stream()
        .mapToLong(Counter::getCount)
        .sum();
  }

  /** A metric of each subtask of an operator. */
  <T extends Metric> List<T> subtasks(JobID job, String operator, String name, Class<T> type) {
    List<T> found =
        reporter.findOperatorMetricGroups(job, "^" + operator + "$").stream()
            .map(reporter::getMetricsByGroup)
            .filter(metrics -> metrics.containsKey(name))
            .map(metrics -> type.cast(metrics.get(name)))
            .toList();
    if (found.isEmpty()) {
      throw new AssertionError("no such metric: operator=" + operator + ", name=" + name);
    }
    return found;
  }

  /** All metrics of an operator's first subtask found. */
  Map<String, Metric> all(JobID job, String operator) {
    OperatorMetricGroup first = reporter.findOperatorMetricGroups(job, "^" + operator + "$").get(0);
    return new TreeMap<>(reporter.getMetricsByGroup(first));
  }
}
