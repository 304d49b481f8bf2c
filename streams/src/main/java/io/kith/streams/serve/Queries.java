package io.kith.streams.serve;

import java.util.List;

/**
 * What HTTP asks. Parameters are within their limits. Each may throw a {@link ProblemException}
 * instead of its answer. Any thread.
 */
interface Queries {
  Reply embedding(String node, boolean forwarded);

  Reply predictions(String node, int limit, boolean forwarded);

  Reply recommendations(String node, boolean forwarded);

  Reply similarTo(String node, int k, boolean forwarded);

  Reply similarTo(VectorQuery query, boolean forwarded);

  Reply quality(int limit);

  Reply alerts(int limit);

  /** The newest predictions of all nodes, and how many come. */
  Reply stream(int limit, boolean forwarded);

  /** The ids behind keys. */
  Reply names(List<Long> keys, boolean forwarded);

  Reply live();

  Reply ready();

  /** The text format of Prometheus. */
  String metrics();
}
