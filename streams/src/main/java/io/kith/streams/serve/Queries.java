package io.kith.streams.serve;

/**
 * What HTTP asks. Parameters are within their limits. Each may throw a {@link ProblemException}
 * instead of its answer. Any thread.
 */
interface Queries {
  Reply embedding(String node, boolean forwarded);

  Reply predictions(String node, int limit, boolean forwarded);

  Reply similarTo(String node, int k, boolean forwarded);

  Reply similarTo(VectorQuery query, boolean forwarded);

  Reply quality(int limit);

  Reply live();

  Reply ready();

  /** The text format of Prometheus. */
  String metrics();
}
