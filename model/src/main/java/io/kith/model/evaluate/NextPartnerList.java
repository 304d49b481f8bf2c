package io.kith.model.evaluate;

/** Lists nodes of a timeline as a source's next partner. Not safe for concurrent use. */
public interface NextPartnerList {
  /**
   * Where a node stands in a list.
   *
   * @param above nodes listed before it for certain
   * @param level nodes that the list does not tell apart from it, itself included; 0 where it is
   *     not in the list
   */
  record Place(int above, int level) {
    /** Not in the list. */
    public static final Place NONE = new Place(0, 0);
  }

  /** Where {@code target} stands in the list made for {@code source} at {@code t} (ms). */
  Place place(int source, int target, long t);

  /** Learns of the interactions {@code from} to {@code to}, a batch. */
  void observe(int from, int to);
}
