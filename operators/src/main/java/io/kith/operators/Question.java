package io.kith.operators;

import io.kith.model.NodeKey;
import java.util.List;

/**
 * What a request asks of one node, on its way to the Reader that owns it: its next partners, or the
 * score of one pair. It has no window: it is answered from the records as they stand.
 *
 * @param request the request
 * @param part which of its questions this is, from 0
 * @param parts how many questions it has
 * @param node id of the node, in a pair the source
 * @param target id of the target; null where next partners are asked for
 * @param k how many next partners; 0 in a pair
 * @param excluded ids of nodes that are not to be listed
 */
record Question(
    RequestName request,
    int part,
    int parts,
    String node,
    String target,
    int k,
    List<String> excluded)
    implements ForGate, ForReader {
  Question {
    excluded = List.copyOf(excluded);
  }

  /** Whether a pair is to be scored. */
  boolean pair() {
    return target != null;
  }

  @Override
  public int partition() {
    return request.partition();
  }

  @Override
  public long owner() {
    return NodeKey.of(node);
  }
}
