package io.kith.operators;

import io.kith.model.Interaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** What tests have a job read. */
final class Scripts {
  private Scripts() {}

  /** Interactions dealt out to partitions in turns, each partition in the order given. */
  static ArrivalScript of(List<Interaction> interactions, int partitions) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < interactions.size(); i++) {
      Origin origin = new Origin("edges", i % partitions, i / partitions, 0);
      arrivals.add(Arrival.of(origin, interactions.get(i)));
    }
    return arrivals(arrivals, partitions);
  }

  /** Signals or requests in one partition. */
  static Script<RawArrival> raw(List<String> values) {
    return new Raw(List.copyOf(values));
  }

  private record Raw(List<String> values) implements Script<RawArrival> {
    @Override
    public int partitions() {
      return 1;
    }

    @Override
    public Iterator<RawArrival> open(int partition, long from) {
      return IntStream.range((int) from, values.size())
          .mapToObj(
              i ->
                  new RawArrival(
                      new Origin("raw", 0, i, 0),
                      null,
                      values.get(i).getBytes(StandardCharsets.UTF_8)))
          .iterator();
    }
  }

  /** Arrivals, each by the partition of its origin. */
  static ArrivalScript arrivals(List<Arrival> arrivals, int partitions) {
    return new Dealt(new Held(arrivals).id(), partitions);
  }

  /** Arrivals of this process, for the script that travels to the tasks has only their id. */
  private static final class Held {
    private static final List<List<Arrival>> ALL = Collections.synchronizedList(new ArrayList<>());
    private final int id;

    Held(List<Arrival> arrivals) {
      synchronized (ALL) {
        id = ALL.size();
        ALL.add(arrivals);
      }
    }

    int id() {
      return id;
    }
  }

  private record Dealt(int id, int partitions) implements ArrivalScript {
    @Override
    public Iterator<Arrival> open(int partition, long from) {
      return Held.ALL.get(id).stream()
          .filter(arrival -> arrival.origin().partition() == partition)
          .skip(from)
          .iterator();
    }
  }
}
