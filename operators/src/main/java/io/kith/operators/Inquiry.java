package io.kith.operators;

import java.util.List;

/**
 * A question on its way to a subtask that owns candidates.
 *
 * @param question the question
 * @param open first window that its Reader has not let be closed: the records are those before it
 * @param time for which scores hold, ms
 * @param parts in how many parts the request is answered
 * @param receiver any key of the subtask that it goes to
 * @param known whether the question's node has a record
 * @param nodeRecord that record; null where there is none or the receiver owns it
 * @param candidates those that the receiver owns; may be none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Inquiry(
    Question question,
    long open,
    long time,
    int parts,
    long receiver,
    boolean known,
    byte[] nodeRecord,
    List<Shortlist.Candidate> candidates)
    implements ForUpdater {
  Inquiry {
    candidates = List.copyOf(candidates);
  }
}
