package io.kith.operators;

import io.kith.model.Candidates.Origin;
import java.util.List;

/**
 * A node that wants its next partners listed, on its way to a subtask that owns candidates.
 *
 * @param window after which the list is made
 * @param node its id
 * @param nodeKey its key
 * @param nodeRecord its record after the window; null where the receiver owns it
 * @param candidates those that the receiver owns, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Shortlist(
    long window, String node, long nodeKey, byte[] nodeRecord, List<Candidate> candidates)
    implements ForUpdater {
  /** A node that may be the next partner; without an origin where whoever asks has named it. */
  record Candidate(long key, Origin origin) {}

  @Override
  public long receiver() {
    return candidates.get(0).key();
  }
}
