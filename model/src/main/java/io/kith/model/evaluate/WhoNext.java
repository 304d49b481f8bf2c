package io.kith.model.evaluate;

import io.kith.model.Candidates.Origin;
import io.kith.model.Weights;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How well the next partner of each source is foretold: each interaction of a part of a stream is
 * looked up in the list made for its source from what was known before its batch, beside the lists
 * of three rules that need no training.
 *
 * @param candidates how often the true partner is among the candidates, by its origin, in [0, 1]
 * @param candidatesOfEach mean number of candidates
 */
public record WhoNext(
    WhoNextFigures model,
    WhoNextFigures recency,
    WhoNextFigures popularity,
    WhoNextFigures edgeBank,
    Map<Origin, Double> candidates,
    double candidatesOfEach) {

  /** How many of the most active targets are candidates of everyone. */
  public static final int POPULAR = 16;

  public WhoNext {
    candidates = Map.copyOf(candidates);
  }

  /** Runs over the stream, and counts the interactions {@code from} to {@code to}. */
  public static WhoNext evaluate(
      Timeline timeline, Weights weights, Batching batching, int from, int to) {
    CandidateList model = new CandidateList(timeline, weights, POPULAR);
    List<NextPartnerList> lists =
        List.of(
            model,
            new RecencyList(timeline),
            new PopularityList(timeline),
            new EdgeBankList(timeline));
    List<WhoNextFigures.Counter> counters = new ArrayList<>();
    lists.forEach(list -> counters.add(new WhoNextFigures.Counter()));
    int end;
    for (int start = 0; start < to; start = end) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("evaluation was interrupted: interactions=" + start);
      }
      end = batching.end(timeline, start, start < from ? from : to);
      for (int i = Math.max(start, from); i < end; i++) {
        for (int l = 0; l < lists.size(); l++) {
          counters
              .get(l)
              .add(lists.get(l).place(timeline.source(i), timeline.target(i), timeline.time(i)));
        }
      }
      for (NextPartnerList list : lists) {
        list.observe(start, end);
      }
    }
    Map<Origin, Double> found = new EnumMap<>(Origin.class);
    for (Origin origin : Origin.values()) {
      found.put(origin, model.found(origin));
    }
    return new WhoNext(
        counters.get(0).figures(),
        counters.get(1).figures(),
        counters.get(2).figures(),
        counters.get(3).figures(),
        found,
        model.candidates());
  }

  /** The mean of each figure. */
  public static WhoNext mean(List<WhoNext> runs) {
    Map<Origin, Double> found = new EnumMap<>(Origin.class);
    for (Origin origin : Origin.values()) {
      found.put(
          origin,
          runs.stream().mapToDouble(r -> r.candidates().get(origin)).average().orElseThrow());
    }
    return new WhoNext(
        WhoNextFigures.mean(runs.stream().map(WhoNext::model).toList()),
        WhoNextFigures.mean(runs.stream().map(WhoNext::recency).toList()),
        WhoNextFigures.mean(runs.stream().map(WhoNext::popularity).toList()),
        WhoNextFigures.mean(runs.stream().map(WhoNext::edgeBank).toList()),
        found,
        runs.stream().mapToDouble(WhoNext::candidatesOfEach).average().orElseThrow());
  }
}
