package io.kith.model.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All earlier targets of the source, none before another: {@link EdgeBank} as a list. */
public final class EdgeBankList implements NextPartnerList {
  private final Timeline timeline;
  private final List<Set<Integer>> met = new ArrayList<>();

  public EdgeBankList(Timeline timeline) {
    this.timeline = timeline;
    for (int node = 0; node < timeline.nodes(); node++) {
      met.add(new HashSet<>());
    }
  }

  @Override
  public Place place(int source, int target, long t) {
    Set<Integer> targets = met.get(source);
    return targets.contains(target) ? new Place(0, targets.size()) : Place.NONE;
  }

  @Override
  public void observe(int from, int to) {
    for (int i = from; i < to; i++) {
      met.get(timeline.source(i)).add(timeline.target(i));
    }
  }
}
