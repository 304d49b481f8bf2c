package io.kith.deploy.edges;

import io.kith.model.Interaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CSV under a header of {@code source,target,timestamp} in any order, then {@code f0, f1, ...}. */
final class CsvFormat implements LineFormat {
  private final int columns;
  private final int source;
  private final int target;
  private final int timestamp;
  private final int[] features;

  /**
   * Reads the header.
   *
   * @throws IllegalArgumentException where a column is missing, doubled or unknown
   */
  CsvFormat(String header) {
    List<String> names = CsvLine.split(header).stream().map(String::strip).toList();
    Set<String> rest = new HashSet<>(names);
    if (rest.size() != names.size()) {
      throw new IllegalArgumentException("a column is there twice: header=" + header);
    }
    columns = names.size();
    source = take("source", names, rest);
    target = take("target", names, rest);
    timestamp = take("timestamp", names, rest);
    features = new int[rest.size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = take("f" + i, names, rest);
    }
  }

  private static int take(String name, List<String> names, Set<String> rest) {
    if (!rest.remove(name)) {
      throw new IllegalArgumentException(
          "column %s is missing (expected source,target,timestamp, then f0,f1,...): header=%s"
              .formatted(name, String.join(",", names)));
    }
    return names.indexOf(name);
  }

  @Override
  public Interaction parse(String line) {
    List<String> fields = CsvLine.split(line);
    if (fields.size() != columns) {
      throw new IllegalArgumentException(
          "wrong number of fields: fields=" + fields.size() + ", expected=" + columns);
    }
    float[] values = new float[features.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Numbers.feature(fields.get(features[i]), i);
    }
    return new Interaction(
        Numbers.id("source", fields.get(source)),
        Numbers.id("target", fields.get(target)),
        Numbers.timestamp(fields.get(timestamp)),
        values);
  }
}
