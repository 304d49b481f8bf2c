package io.kith.model.evaluate;

/** All targets by how often they have been one, for every source. Not safe for concurrent use. */
public final class PopularityList implements NextPartnerList {
  private final Timeline timeline;
  private final int[] count;

  public PopularityList(Timeline timeline) {
    this.timeline = timeline;
    count = new int[timeline.nodes()];
  }

  @Override
  public Place place(int source, int target, long t) {
    if (count[target] == 0) {
      return Place.NONE;
    }
    int above = 0;
    int level = 0;
    for (int node = 0; node < count.length; node++) {
      if (node != source) {
        above += count[node] > count[target] ? 1 : 0;
        level += count[node] == count[target] ? 1 : 0;
      }
    }
    return new Place(above, level);
  }

  @Override
  public void observe(int from, int to) {
    for (int i = from; i < to; i++) {
      count[timeline.target(i)]++;
    }
  }
}
