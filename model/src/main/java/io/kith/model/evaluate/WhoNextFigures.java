package io.kith.model.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * How well lists of next partners did, each figure in [0, 1] and larger is better.
 *
 * @param recall how often the true partner stands among the first k, for the k of {@link #DEPTHS}
 * @param mrr mean of 1 / place of the true partner, 0 where it is not in the list
 */
public record WhoNextFigures(List<Double> recall, double mrr) {
  /** The lengths of lists at which recall is taken. */
  public static final List<Integer> DEPTHS = List.of(1, 5, 10, 20);

  public WhoNextFigures {
    recall = List.copyOf(recall);
  }

  /** The mean of each figure. */
  public static WhoNextFigures mean(List<WhoNextFigures> runs) {
    List<Double> recall = new ArrayList<>();
    for (int d = 0; d < DEPTHS.size(); d++) {
      int depth = d;
      recall.add(runs.stream().mapToDouble(r -> r.recall().get(depth)).average().orElseThrow());
    }
    return new WhoNextFigures(
        recall, runs.stream().mapToDouble(WhoNextFigures::mrr).average().orElseThrow());
  }

  /** Gathers places. Nodes that a list does not tell apart count as in a random order of them. */
  static final class Counter {
    private final double[] hits = new double[DEPTHS.size()];
    private double reciprocal;
    private int count;

    void add(NextPartnerList.Place place) {
      count++;
      if (place.level() == 0) {
        return;
      }
      for (int d = 0; d < hits.length; d++) {
        double among = (double) (DEPTHS.get(d) - place.above()) / place.level();
        hits[d] += Math.max(0, Math.min(1, among));
      }
      double sum = 0;
      for (int i = 1; i <= place.level(); i++) {
        sum += 1.0 / (place.above() + i);
      }
      reciprocal += sum / place.level();
    }

    WhoNextFigures figures() {
      List<Double> recall = new ArrayList<>();
      for (double hit : hits) {
        recall.add(hit / count);
      }
      return new WhoNextFigures(recall, reciprocal / count);
    }
  }
}
