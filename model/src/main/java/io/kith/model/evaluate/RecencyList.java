package io.kith.model.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last partners again, newest first, in either direction, with a memory of all of them. Not
 * safe for concurrent use.
 */
public final class RecencyList implements NextPartnerList {
  private final Timeline timeline;
  private final List<Map<Integer, Long>> last = new ArrayList<>();

  public RecencyList(Timeline timeline) {
    this.timeline = timeline;
    for (int node = 0; node < timeline.nodes(); node++) {
      last.add(new HashMap<>());
    }
  }

  @Override
  public Place place(int source, int target, long t) {
    Long met = last.get(source).get(target);
    if (met == null) {
      return Place.NONE;
    }
    int above = 0;
    int level = 0;
    for (long other : last.get(source).values()) {
      above += other > met ? 1 : 0;
      level += other == met ? 1 : 0;
    }
    return new Place(above, level);
  }

  @Override
  public void observe(int from, int to) {
    for (int i = from; i < to; i++) {
      last.get(timeline.source(i)).merge(timeline.target(i), timeline.time(i), Math::max);
      last.get(timeline.target(i)).merge(timeline.source(i), timeline.time(i), Math::max);
    }
  }
}
